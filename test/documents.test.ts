import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { documents } from '../scripts/documents.ts';

describe('documents that are made from the code', () => {
  for (const { file, render } of documents) {
    it(`are up to date: ${file.pathname.split('/').slice(-2).join('/')}`, async () => {
      const committed = await readFile(file, 'utf8');
      assert.equal(committed, render(committed), 'run npm run docs and commit the file');
    });
  }
});
