import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { openApiTexts } from '../../../scripts/openapi-text.ts';
import { cdist, evaluate, metrics } from '../../../src/core/index.ts';
import { catalogue } from '../../../src/server/http/errors.ts';
import { rounded } from '../../../src/server/schemas/rounded.ts';
import { type Service, startService } from '../../support/start-service.ts';

const committed = await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8');

describe('GET /openapi.json', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('serves its OpenAPI document and a page that shows it', async () => {
    const document = await service.request.get('/openapi.json');
    assert.equal(document.body.openapi, '3.1.1');
    for (const { name } of metrics) assert.ok(document.body.paths[`/${name}`].post);
    const page = await service.request.get('/docs/');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'] as string, /html/);
  });
});

describe('openapi/openapi.json', () => {
  it('and its siblings equal what the app generates', async () => {
    for (const [name, text] of Object.entries(await openApiTexts())) {
      const file = await readFile(new URL(`../../../openapi/${name}`, import.meta.url), 'utf8');
      assert.equal(file, text, `openapi/${name}: run npm run openapi and commit the file`);
    }
  });

  it('has an example with the real response for every metric', () => {
    const { paths } = dereferenced(committed) as { paths: Record<string, { post: Operation }> };
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

  it('names every limit with its status and code, on every route that computes too', () => {
    const { info, paths } = dereferenced(committed) as {
      info: { description: string };
      paths: Record<string, Documented>;
    };
    const rows = [...info.description.matchAll(/^\| ([^|]+) \| (\d+) \| `(\w+)` \|/gm)];
    assert.equal(rows.length, 14, info.description);
    for (const [, limit, status, code] of rows) {
      for (const [path, { post }] of Object.entries(paths)) {
        if (!post) continue;
        const range = `${status?.[0]}XX`;
        assert.ok(post.responses[range]?.description.includes(`- ${status} \`${code}\`: `), `${path}: ${limit}`);
      }
    }
    const documentedOn = (path: string) =>
      Object.values(paths[path] ?? {}).flatMap(({ responses }) =>
        Object.values(responses).flatMap(({ description }) =>
          [...description.matchAll(/`(\w+)`/g)].map(([, code]) => code),
        ),
      );
    const computing = documentedOn('/dtw');
    const ofNoRoute = ['bad_url', 'bad_http', 'not_found', 'method_not_allowed'];
    const ofOtherRoutes: Readonly<Record<string, string>> = {
      taken: '/datasets/{name}',
      unknown_format: '/datasets/{name}',
      job_not_found: '/jobs/{id}',
      no_result: '/jobs/{id}/result',
      result_damaged: '/jobs/{id}/result',
    };
    for (const code of Object.keys(catalogue)) {
      const other = ofOtherRoutes[code];
      assert.equal(computing.includes(code), other === undefined && !ofNoRoute.includes(code), code);
      if (other !== undefined) assert.ok(documentedOn(other).includes(code), `${other} documents no ${code}`);
    }
  });
});

/** A document with its components where they are used. */
function dereferenced(text: string): unknown {
  const document = JSON.parse(text);
  return JSON.parse(text, (_key, value) => {
    const path = value?.$ref?.split('/').slice(1);
    if (path?.[1] === 'schemas' || path === undefined) return value;
    return path.reduce((part: Record<string, unknown>, step: string) => part[step], document);
  });
}

interface Documented {
  [method: string]: { responses: Record<string, { description: string }> };
}

const firstExample = ({ requestBody }: Operation) =>
  (Object.values(requestBody.content['application/json'].examples)[0] as { value: Record<string, unknown> }).value;

const answerExample = ({ responses }: Operation) => responses[200].content['application/json'].example;

interface Operation {
  requestBody: { content: { 'application/json': { examples: Record<string, { value: Record<string, unknown> }> } } };
  responses: { 200: { content: { 'application/json': { example: object } } } };
}
