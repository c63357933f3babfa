import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { documents } from '../scripts/documents.ts';

describe('documents that are made from the code', () => {
  for (const { file, render } of documents) {
    it(`are up to date: ${file.pathname.split('/').slice(-2).join('/')}`, async () => {
      const committed = await readFile(file, 'utf8');
      assert.equal(committed, render(committed), 'run npm run docs and commit the file');
    });
  }
});

describe('documents that name files', () => {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const OURS = /`((?:src|page|clients|test|scripts|bench|examples|deploy|docs|openapi)\/[\w./-]*)`/g;
  const LINK = /\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g;
  for (const document of globSync('{,{docs,examples,page,clients}/**/}*.md', {
    cwd,
    exclude: (name) => name === 'node_modules',
  })) {
    it(`name only those that there are: ${document}`, () => {
      const text = readFileSync(`${cwd}${document}`, 'utf8');
      const named = [...text.matchAll(OURS)].map(([, path]) => `${cwd}${path}`);
      const linked = [...text.matchAll(LINK)].map(([, path]) =>
        fileURLToPath(new URL(path as string, `file://${cwd}${document}`)),
      );
      assert.deepEqual(
        [...named, ...linked].filter((path) => !existsSync(path)),
        [],
      );
    });
  }
});
