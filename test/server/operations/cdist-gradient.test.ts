import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseNpzSync } from 'numpy-ts';
import { cdist, metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { closeTo, type Numbers } from '../../support/close-to.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

const dataset1 = [
  [1, 2, 2, 3],
  [1, 2, 3, 4],
  [5, 1, 0, null],
];
const dataset2 = [
  [1, 2, 3],
  [2, 3, 4, 5, null],
];
const cotangent = [
  [1, -2],
  [0, 0.5],
  [3, 1],
];

describe('POST /{metric}/cdist?grad=true', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000', TILE_MS: '1' });
    await untilReady(service);
  });
  after(() => service.close());

  const post = async (path: string, body: object) => {
    const response = await service.request.post(path).send(body);
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response;
  };

  for (const record of metrics) {
    const { name, backends, gives } = record;
    it(`answers ${name} as the library does, or says which metrics have a gradient`, async () => {
      const [first, second] = [cutToEqual(record, dataset1), cutToEqual(record, dataset2)];
      for (const be of backends) {
        const { status, body } = await post(`/${name}/cdist?grad=true`, {
          dataset1: first,
          dataset2: second,
          be,
          ...(gives.includes('grad') && { cotangent }),
        });
        if (!gives.includes('grad')) {
          assert.equal(status, 400);
          assert.match(body.detail, /metrics that do: .*dtw/);
          continue;
        }
        assert.equal(status, 200, JSON.stringify(body));
        const { engine: _, be: __, dtype: ___, ...found } = body;
        assert.deepEqual(found, overJson(cdist(name, first, second, { be }, { grad: true, cotangent })));
      }
    });
  }

  const many = Array.from({ length: 40 }, (_, k) =>
    Array.from({ length: 20 + (k % 5) }, (_, i) => Math.sin(i / 3 + k)),
  );
  const counts = many.map((_, k) => many.map((_, l) => Math.cos(k + 2 * l)));

  it('sums over all workers, to the last bit the same each time, for one dataset in both roles', async () => {
    const body = { dataset1: many, cotangent: counts };
    const expected = overJson(cdist('soft-dtw', many, undefined, {}, { grad: true, cotangent: counts }));
    for (let time = 0; time < 2; time++) {
      const { body: found } = await post('/soft-dtw/cdist?grad=true', body);
      assert.deepEqual({ matrix: found.matrix, shape: found.shape, gradient: found.gradient }, expected);
    }
  });

  it('runs as a job in ranges of rows', async () => {
    const submitted = await service.request
      .post('/soft-dtw/cdist?grad=true')
      .set('prefer', 'respond-async')
      .send({ dataset1: many, cotangent: counts });
    assert.equal(submitted.status, 202, submitted.text);
    const location = submitted.headers.location as string;
    for (;;) {
      const { body: job } = await service.request.get(location);
      if (job.status === 'succeeded') {
        assert.equal(job.progress.cells_done, job.progress.cells);
        break;
      }
      assert.ok(job.status === 'queued' || job.status === 'running', JSON.stringify(job));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { body: found } = await service.request.get(`${location}/result`);
    const expected = cdist('soft-dtw', many, undefined, {}, { grad: true, cotangent: counts });
    closeTo(found.matrix, expected.matrix, { relative: 1e-12 });
    closeTo(found.gradient.dataset1, expected.gradient?.dataset1 as Numbers, { relative: 1e-9, absolute: 1e-12 });
    closeTo(found.gradient.gamma, expected.gradient?.gamma as number, { relative: 1e-9 });
    assert.deepEqual(Object.keys(found.gradient).sort(), ['dataset1', 'gamma']);
    const lines = await service.request.get(`${location}/result`).set('accept', 'application/x-ndjson');
    assert.equal(lines.status, 406);
  });

  it('takes the cotangent in an .npz, and gives gradients as arrays', async () => {
    const [n, m, sz] = [3, 2, 4];
    const numbers = (count: number, from: number) => Array.from({ length: count }, (_, at) => Math.sin(from + at));
    const file = zip([
      { name: 'dataset1.npy', content: float64(numbers(n * sz, 0), [n, sz]) },
      { name: 'dataset2.npy', content: float64(numbers(m * sz, 5), [m, sz]) },
      { name: 'cotangent.npy', content: float64(cotangent.flat(), [n, m]) },
    ]);
    const response = await service.request
      .post('/dtw/cdist?grad=true&sakoe_chiba_radius=1')
      .set('content-type', 'application/x-npz')
      .set('accept', 'application/x-npz')
      .responseType('blob')
      .send(file);
    assert.equal(response.status, 200);
    assertDocumented(response, 'post', '/dtw/cdist');
    const { arrays } = parseNpzSync(response.body, { force: true });
    const rows = (count: number, from: number) =>
      Array.from({ length: count }, (_, k) => numbers(count * sz, from).slice(k * sz, (k + 1) * sz));
    const options = { grad: true, cotangent };
    const expected = cdist('dtw', rows(n, 0), rows(m, 5), { sakoe_chiba_radius: 1 }, options);
    assert.deepEqual(arrays.get('matrix')?.toArray(), expected.matrix);
    assert.deepEqual(arrays.get('gradient_dataset1')?.toArray(), expected.gradient?.dataset1);
    assert.deepEqual(arrays.get('gradient_dataset2')?.toArray(), expected.gradient?.dataset2);
  });

  it('400 for a cotangent of another shape, with a hole, or without ?grad=true, each with its place', async () => {
    const refused = async (path: string, given: unknown, pointer: string, detail: RegExp) => {
      const { status, body } = await post(path, { dataset1, dataset2, cotangent: given });
      assert.equal(status, 400);
      assert.equal(body.errors[0].pointer, pointer);
      assert.match(body.detail, detail);
    };
    await refused('/dtw/cdist?grad=true', [[1, 2]], '/cotangent', /1 x 2.*3 x 2/);
    await refused('/dtw/cdist?grad=true', [[1, 2], [3], [4, 5]], '/cotangent/1', /2 numbers/);
    await refused('/dtw/cdist?grad=true', [...cotangent.slice(0, 2), [1, null]], '/cotangent/2/1', /missing/);
    await refused('/dtw/cdist', cotangent, '/cotangent', /grad/);
    await refused('/lcss/cdist', cotangent, '/cotangent', /unknown|does not/);
  });

  it('406 where lines or a single array have no room for it', async () => {
    for (const accept of ['application/x-ndjson', 'application/x-npy']) {
      const response = await service.request.post('/dtw/cdist?grad=true').set('accept', accept).send({ dataset1 });
      assert.equal(response.status, 406);
      assert.match(response.body.detail, /application\/json/);
    }
  });

  it('413 if the pairs have more cells than MAX_CELLS with their gradients', async () => {
    const long = new Array(1000).fill(1);
    const body = { dataset1: new Array(5).fill(long) };
    assert.equal((await post('/soft-dtw/cdist', body)).status, 200);
    const { status, body: problem } = await post('/soft-dtw/cdist?grad=true', body);
    assert.equal(status, 413);
    assert.match(problem.detail, /25 pairs/);
  });
});

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
