import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { openApiText } from '../../scripts/openapi-text.ts';
import { evaluate } from '../../src/core/index.ts';

const committed = await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8');

describe('openapi/openapi.json', () => {
  it('is what the app says of itself', async () => {
    assert.equal(committed, await openApiText(), 'run npm run openapi and commit the file');
  });

  it('has an example for every metric whose answer is the real one', () => {
    for (const [path, { post }] of Object.entries<Record<string, Operation>>(JSON.parse(committed).paths)) {
      if (post === undefined) continue;
      const { s1, s2 } = post.requestBody.content['application/json'].examples.univariate.value;
      const [answer] = post.responses[200].content['application/json'].schema.examples;
      const everything = { grad: 'gradient' in answer, path: 'path' in answer, alignment: 'alignment' in answer };
      assert.deepEqual(answer, evaluate(path.slice(1), s1, s2, {}, everything));
    }
  });
});

interface Operation {
  requestBody: {
    content: { 'application/json': { examples: { univariate: { value: { s1: number[]; s2: number[] } } } } };
  };
  responses: { 200: { content: { 'application/json': { schema: { examples: [object] } } } } };
}
