import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { openApiText } from '../../scripts/openapi-text.ts';
import { cdist, evaluate, metrics } from '../../src/core/index.ts';
import { rounded } from '../../src/server/rounded.ts';

const committed = await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8');

describe('openapi/openapi.json', () => {
  it('is what the app says of itself', async () => {
    assert.equal(committed, await openApiText(), 'run npm run openapi and commit the file');
  });

  it('has an example for every metric whose answer is the real one', () => {
    const { paths } = JSON.parse(committed) as { paths: Record<string, { post: Operation }> };
    for (const { name, gives } of metrics) {
      const pair = paths[`/${name}`] as { post: Operation };
      const { s1, s2 } = firstExample(pair.post);
      const everything = Object.fromEntries(gives.map((extra) => [extra, true]));
      assert.deepEqual(answerExample(pair.post), rounded(evaluate(name, s1, s2, {}, everything)));
      const many = paths[`/${name}/cdist`] as { post: Operation };
      const { dataset1, dataset2 } = firstExample(many.post);
      const { matrix } = answerExample(many.post) as { matrix: unknown };
      assert.deepEqual(matrix, rounded(cdist(name, dataset1, dataset2).matrix));
    }
  });
});

const firstExample = ({ requestBody }: Operation) =>
  (Object.values(requestBody.content['application/json'].examples)[0] as { value: Record<string, unknown> }).value;

const answerExample = ({ responses }: Operation) => responses[200].content['application/json'].schema.examples[0];

interface Operation {
  requestBody: { content: { 'application/json': { examples: Record<string, { value: Record<string, unknown> }> } } };
  responses: { 200: { content: { 'application/json': { schema: { examples: [object] } } } } };
}
