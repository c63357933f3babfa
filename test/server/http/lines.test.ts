import assert from 'node:assert/strict';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { cdist, neighbors } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const wave = (k: number, n = 30) => Array.from({ length: n }, (_, i) => Math.sin(i / 3 + k) * k);
const many = Array.from({ length: 40 }, (_, k) => wave(k));

describe('Accept: application/x-ndjson', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', REQUEST_TIMEOUT_MS: '1500', MAX_CELLS: '1000000000000' });
    await untilReady(service);
  });
  after(() => service.close());

  /** The answer before anything of its body was read. */
  const open = (path: string, body: object): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', accept: 'application/x-ndjson' };
      const sent = httpRequest(`${service.url}${path}`, { method: 'POST', headers }, resolve);
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });

  async function linesOf(path: string, body: object): Promise<Record<string, unknown>[]> {
    const response = await open(path, body);
    assert.equal(response.statusCode, 200);
    assert.equal(response.headers['content-type'], 'application/x-ndjson');
    let text = '';
    for await (const part of response) text += part;
    assert.ok(text.endsWith('\n'));
    const found = text.trimEnd().split('\n');
    return found.map((line) => JSON.parse(line));
  }

  /** A matrix whose first rows are quick, and whose last one takes longer than the service waits. */
  const slow = { dataset1: [...many, wave(1, 100_000)], dataset2: [wave(2), wave(3, 200_000)] };

  it('streams the rows of a matrix in order, for two datasets and for one with itself', async () => {
    for (const dataset2 of [undefined, many.slice(0, 3)]) {
      for (const name of ['dtw', 'soft-dtw']) {
        const { matrix } = cdist(name, many, dataset2);
        const found = await linesOf(`/${name}/cdist`, { dataset1: many, dataset2 });
        assert.deepEqual(
          found,
          matrix.map((values, row) => ({ row, values })),
        );
      }
    }
    assert.deepEqual(await linesOf('/dtw/cdist', { dataset1: [[1, 2]] }), [{ row: 0, values: [0] }]);
  });

  it('streams the neighbours of one query after the other', async () => {
    const { indices, values } = neighbors('dtw', many, many, { k: 3 });
    const found = await linesOf('/dtw/neighbors', { queries: many, candidates: many, k: 3 });
    assert.deepEqual(
      found,
      indices.map((row, q) => ({ row: q, indices: row, values: values[q] })),
    );
  });

  it('is documented, and not what */* means', async () => {
    const body = { dataset1: [[1, 2]] };
    for (const accept of ['*/*', 'application/json, application/x-ndjson']) {
      const response = await service.request.post('/dtw/cdist').set('accept', accept).send(body);
      assert.equal(response.type, 'application/json');
      assertDocumented(response, 'post', '/dtw/cdist');
    }
    const pair = await service.request
      .post('/dtw')
      .set('accept', 'application/x-ndjson')
      .send({ s1: [1], s2: [2] });
    assert.equal(pair.status, 406);
  });

  it('reports a failure before the first row as an ordinary error', async () => {
    const bad = await open('/dtw/cdist', { dataset1: [[1, 'x']] });
    assert.equal(bad.statusCode, 400);
    assert.equal(bad.headers['content-type'], 'application/problem+json');
    bad.resume();
    const infeasible = await open('/dtw/cdist', { dataset1: [[1], [1, 2, 3, 4, 5, 6, 7, 8]], itakura_max_slope: 1 });
    assert.equal(infeasible.statusCode, 400);
    infeasible.resume();
  });

  it('ends with a problem if a later row fails', async () => {
    const found = await linesOf('/soft-dtw/cdist', slow);
    const last = found.at(-1) as { status: number; code: string; instance: string };
    assert.deepEqual([last.status, last.code], [504, 'timeout']);
    assert.ok(last.instance.length > 0);
    assert.deepEqual(found[0], { row: 0, values: cdist('soft-dtw', many.slice(0, 1), slow.dataset2).matrix[0] });
  });

  it('frees the workers when the client disconnects midway', async () => {
    const response = await open('/soft-dtw/cdist', slow);
    await new Promise((resolve) => response.once('data', resolve));
    response.destroy();
    await sleep(100);
    const started = performance.now();
    const pair = { s1: wave(1, 400), s2: wave(2, 400) };
    await Promise.all([1, 2].map(() => service.request.post('/dtw?grad=true').send(pair)));
    assert.ok(performance.now() - started < 800, `the workers were free after ${performance.now() - started} ms`);
  });
});
