import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const ones = (n: number) => new Array<number>(n).fill(1);
const wave = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 9 + k) * (1 + (k % 7)));

describe('what a request costs, by default', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2' });
    await untilReady(service);
  });
  after(() => service.close());

  it('lets a pair of 100,000 steps in a band of radius 10 be computed', async () => {
    const response = await service.request
      .post('/dtw')
      .send({ s1: ones(100_000), s2: ones(100_000), sakoe_chiba_radius: 10 });
    assert.equal(response.status, 200, response.text);
    assert.equal(response.body.value, 0);
  });

  const refused = async (path: string, body: object): Promise<string> => {
    const response = await service.request.post(path).send(body);
    assert.equal(response.status, 413, response.text);
    assert.equal(response.body.code, 'too_many_cells');
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response.body.detail;
  };

  it('names the factors of a pair, and the band as what helps', async () => {
    const detail = await refused('/dtw', { s1: ones(300_000), s2: ones(200_000) });
    assert.match(detail, /^the request has 75006000700 cells, and the limit is 50000000000: /);
    assert.match(detail, /60000000000 cells visited for 300000 x 200000 steps x 1\.25 a minimum, plus 6000700 /);
    assert.match(detail, /narrow the band with sakoe_chiba_radius/);
    assert.match(detail, /Prefer: respond-async/);
    assert.match(detail, /shorter series/);
  });

  it('names pairs, values per step and what is sought', async () => {
    const rows = Array.from({ length: 1000 }, () => [1, 2, 3]);
    const detail = await refused('/soft-dtw/cdist', { dataset1: new Array(400).fill(rows) });
    assert.match(
      detail,
      /80200 pairs x 1000000 cells visited for each x 3\.2 a soft minimum x 1\.125 for 3 values per step/,
    );
    assert.match(detail, /150 for each of 160000 numbers of the response/);
    assert.match(detail, /send blocks of rows/);
  });

  it('names the backend, iterations, components, matches and draws', async () => {
    assert.match(
      await refused('/dtw', { s1: ones(60_000), s2: ones(60_000), be: 'tfjs' }),
      /x 20 the backend tfjs.*compute with be "numpy"/,
    );
    assert.match(
      await refused('/dtw/barycenter', { dataset: [ones(1000)], max_iter: 1_000_000 }),
      /1000001 max_iter 1000000, plus the final loss x 1 pairs.*lower max_iter/,
    );
    assert.match(await refused('/ctw', { s1: ones(90_000), s2: ones(90_000) }), /max_iter 100.*lower max_iter/);
    assert.match(
      await refused('/dtw/subsequence', { query: ones(1000), series: ones(300_000), k: 1e9 }),
      /and 300000 matches.*reduce the number of matches k/,
    );
    assert.match(
      await refused('/gak/bandwidth', { dataset: [[1, 2]], n_samples: 100_000 }),
      /4999950000 distances of n_samples 100000 steps.*lower n_samples/,
    );
    assert.match(
      await refused('/shape-dtw', { s1: ones(90_000), s2: ones(90_000) }),
      /x 7 for 31 values around each step \(2 reach \+ 1 steps of 1\).*lower reach/,
    );
    assert.match(
      await refused('/dtw-limited-warping-length', { s1: ones(6000), s2: ones(6000), max_length: 9000 }),
      /visited for 6000 x 6000 steps x 1\.5 a cell for each length of the path up to max_length 9000.*lower max_length/,
    );
  });

  it('counts the memory of tables that are kept, and names both numbers', async () => {
    const detail = await refused('/soft-dtw?alignment=true', { s1: ones(8000), s2: ones(6000) });
    assert.match(detail, /needs 2304000000 bytes.*48000000 numbers.*limit is 1073741824/);
  });
});

describe('what a job costs', () => {
  let service: Service;
  before(async () => {
    service = await startService({
      MAX_JOB_CELLS: '1000000000000',
      STORE_URL: `file:${mkdtempSync(join(tmpdir(), 'prices-'))}`,
    });
    await untilReady(service);
  });
  after(() => service.close());

  const submit = (path: string, body: object) => service.request.post(path).set('prefer', 'respond-async').send(body);

  it('has a limit of its own, and the same factors', async () => {
    const { status, body } = await submit('/dtw', { s1: ones(1_000_000), s2: ones(900_000) });
    assert.equal(status, 413);
    assert.match(
      body.detail,
      /^the job has 1125022800700 cells, and the limit for jobs is 1000000000000 \(MAX_JOB_CELLS\): /,
    );
    assert.match(body.detail, /900000000000 cells visited for 1000000 x 900000 steps x 1\.25 a minimum/);
  });

  it('does not lift the limit of the memory for tables', async () => {
    const { status, body } = await submit('/soft-dtw?alignment=true', { s1: ones(8000), s2: ones(6000) });
    assert.equal(status, 413);
    assert.match(body.detail, /MAX_ARRAY_BYTES/);
  });
});

describe('what a request costs, under a limit of 1e9 cells', () => {
  let service: Service;
  before(async () => {
    service = await startService({
      WORKERS: '2',
      MAX_CELLS: '1000000000',
      MAX_QUEUE: '1000000000',
      REQUEST_TIMEOUT_MS: '120000',
    });
    await untilReady(service);
  });
  after(() => service.close());

  it('is that of the band: a matrix is refused without one, and computed with one', async () => {
    const dataset1 = new Array(200).fill(ones(1000));
    assert.equal((await service.request.post('/dtw/cdist').send({ dataset1 })).status, 413);
    const { status, body } = await service.request.post('/dtw/cdist').send({ dataset1, sakoe_chiba_radius: 2 });
    assert.equal(status, 200);
    assert.equal(body.matrix.length, 200);
  });

  it('is told before the first row, where rows are asked for', async () => {
    const response = await service.request
      .post('/dtw/cdist')
      .set('accept', 'application/x-ndjson')
      .send({ dataset1: new Array(200).fill(ones(1000)) });
    assert.equal(response.status, 413);
  });

  it('of neighbours is all pairs at first, and less once it was measured how many are pruned', async () => {
    const candidates = Array.from({ length: 1000 }, (_, k) => wave(300, k));
    const ask = (count: number) =>
      service.request
        .post('/dtw/neighbors')
        .send({ queries: candidates.slice(0, count), candidates, sakoe_chiba_radius: 60 });
    const first = await ask(30);
    assert.equal(first.status, 413, 'too many pairs for what is not measured yet');
    for (let k = 0; k < 10; k++) assert.equal((await ask(10)).status, 200);
    const { status, body } = await ask(30);
    assert.equal(status, 200, JSON.stringify(body).slice(0, 400));
    assert.ok(body.pruned > 20 * body.computed);
  });

  it('of neighbours counts in the queue as little as was measured', async () => {
    const busy = [1, 2].map(() => service.request.post('/soft-dtw?grad=true').send({ s1: ones(8000), s2: ones(8000) }));
    const answers = Promise.all(busy);
    const candidates = Array.from({ length: 1000 }, (_, k) => wave(300, k));
    const body = { queries: candidates.slice(0, 30), candidates, sakoe_chiba_radius: 60 };
    const { status } = await service.request.post('/dtw/neighbors').send(body);
    assert.equal(status, 200);
    assert.deepEqual(
      (await answers).map((answer) => answer.status),
      [200, 200],
    );
  });
});
