import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseNpy, parseNpzSync } from 'numpy-ts';
import { metrics, pairs } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
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
  [3, 3, 1],
];
const weights = [1, 0, -0.5];

describe('POST /{metric}/pairs', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000' });
    await untilReady(service);
  });
  after(() => service.close());

  const post = async (path: string, body: object, accept = 'application/json') => {
    const response = await service.request.post(path).set('accept', accept).send(body);
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response;
  };

  for (const record of metrics) {
    const { name, backends } = record;
    it(`answers ${name} as the library does`, async () => {
      const [first, second] = [cutToEqual(record, dataset1), cutToEqual(record, dataset2)];
      for (const be of backends) {
        const plain = await post(`/${name}/pairs`, { dataset1: first, dataset2: second, be });
        assert.deepEqual(plain.body, overJson(pairs(name, first, second, { be })));
        if (!record.gives.includes('grad')) {
          const { status, body } = await post(`/${name}/pairs?grad=true`, { dataset1: first, dataset2: second, be });
          assert.equal(status, 400);
          assert.match(body.detail, /metrics that do: .*dtw/);
          continue;
        }
        const full = await post(`/${name}/pairs?grad=true`, { dataset1: first, dataset2: second, weights, be });
        assert.equal(full.status, 200, full.text);
        assert.deepEqual(full.body, overJson(pairs(name, first, second, { be }, { grad: true, weights })));
      }
    });
  }

  it('computes many pairs on all workers, and streams them in order', async () => {
    const many = (seed: number) =>
      Array.from({ length: 300 }, (_, k) => Array.from({ length: 20 + (k % 7) }, (_, i) => Math.sin(i / 3 + k * seed)));
    const body = { dataset1: many(1), dataset2: many(2), weights: Array.from({ length: 300 }, (_, k) => k / 300) };
    const expected = pairs('soft-dtw', body.dataset1, body.dataset2, {}, { grad: true, weights: body.weights });
    const whole = await post('/soft-dtw/pairs?grad=true', body);
    assert.deepEqual(whole.body, overJson(expected));
    const lines = await service.request
      .post('/soft-dtw/pairs?grad=true')
      .set('accept', 'application/x-ndjson')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => done(null, text));
      })
      .send(body);
    const rows = (lines.body as string)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      rows.map(({ value }) => value),
      expected.values,
    );
    assert.deepEqual(
      rows.map(({ row }) => row),
      rows.map((_, k) => k),
    );
    assert.deepEqual(
      rows.map(({ gradient }) => gradient.s2),
      overJson(expected.gradient?.dataset2),
    );
    assert.deepEqual(
      rows.map(({ gradient }) => gradient.gamma),
      overJson(expected.gradient?.gamma),
    );
  });

  it('takes a batch as .npz and gives gradients of the same shape', async () => {
    const [b, sz, d] = [3, 5, 2];
    const numbers = (from: number) => Array.from({ length: b * sz * d }, (_, at) => Math.sin(from + at));
    const file = zip([
      { name: 'dataset1.npy', content: float64(numbers(0), [b, sz, d]) },
      { name: 'dataset2.npy', content: float64(numbers(5), [b, sz, d]) },
      { name: 'weights.npy', content: float64([1, 2, 3]) },
    ]);
    const send = (path: string, accept: string) =>
      service.request
        .post(path)
        .set('content-type', 'application/x-npz')
        .set('accept', accept)
        .responseType('blob')
        .send(file);
    const response = await send('/soft-dtw/pairs?grad=true&gamma=0.5', 'application/x-npz');
    assert.equal(response.status, 200);
    assertDocumented(response, 'post', '/soft-dtw/pairs');
    const { arrays } = parseNpzSync(response.body, { force: true });
    const rows = (from: number) => nested(numbers(from), [b, sz, d]) as number[][][];
    const expected = pairs('soft-dtw', rows(0), rows(5), { gamma: 0.5 }, { grad: true, weights: [1, 2, 3] });
    assert.deepEqual(arrays.get('values')?.toArray(), expected.values);
    assert.deepEqual(arrays.get('gradient_dataset1')?.toArray(), expected.gradient?.dataset1);
    assert.deepEqual(arrays.get('gradient_dataset2')?.toArray(), expected.gradient?.dataset2);
    const values = await send('/soft-dtw/pairs?gamma=0.5', 'application/x-npy');
    assert.deepEqual(parseNpy(values.body).toArray(), expected.values);
    const both = await send('/soft-dtw/pairs?grad=true', 'application/x-npy');
    assert.equal(both.status, 406);
  });

  it('pads gradients of unequal lengths with NaN in an .npz, as a dataset is', async () => {
    const response = await service.request
      .post('/dtw/pairs?grad=true')
      .set('accept', 'application/x-npz')
      .responseType('blob')
      .send({ dataset1, dataset2 });
    const found = parseNpzSync(response.body, { force: true }).arrays.get('gradient_dataset2')?.toArray() as number[][];
    const { gradient } = pairs('dtw', dataset1, dataset2, {}, { grad: true });
    assert.deepEqual(
      found,
      gradient?.dataset2.map((g) => [...g, ...new Array(5 - g.length).fill(Number.NaN)]),
    );
  });

  it('takes stored data sets by name', async () => {
    await service.request.put('/datasets/batch').send([
      [1, 2, 3],
      [2, 5],
    ]);
    const body = { dataset1: 'batch', dataset2: [{ dataset: 'batch', index: 1 }, [1, 1]] };
    const found = await post('/dtw/pairs?grad=true', body);
    const [one, two] = [
      [1, 2, 3],
      [2, 5],
    ] as const;
    assert.deepEqual(found.body, overJson(pairs('dtw', [one, two], [two, [1, 1]], {}, { grad: true })));
  });

  it('runs as a job whose tiles are ranges of pairs, with the same result', async () => {
    const body = { dataset1, dataset2, weights };
    const submitted = await service.request.post('/soft-dtw/pairs?grad=true').set('prefer', 'respond-async').send(body);
    assert.equal(submitted.status, 202, submitted.text);
    const location = submitted.headers.location as string;
    for (;;) {
      const { body: job } = await service.request.get(location);
      if (job.status === 'succeeded') break;
      assert.ok(job.status === 'queued' || job.status === 'running', JSON.stringify(job));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { body: found } = await service.request.get(`${location}/result`);
    assert.deepEqual(found, overJson(pairs('soft-dtw', dataset1, dataset2, {}, { grad: true, weights })));
  });

  it('400 for counts that differ, for weights of another length, and for a pair without a path, each with its place', async () => {
    const differ = await post('/dtw/pairs', { dataset1: [[1], [2]], dataset2: [[1]] });
    assert.equal(differ.status, 400);
    assert.match(differ.body.detail, /2 series but dataset2 has 1/);
    assert.equal(differ.body.errors[0].pointer, '/dataset2');
    const short = await post('/dtw/pairs', { dataset1: [[1]], dataset2: [[1]], weights: [1, 2] });
    assert.equal(short.body.errors[0].pointer, '/weights');
    const missing = await post('/dtw/pairs', { dataset1: [[1], [1]], dataset2: [[1], [1]], weights: [1, null] });
    assert.equal(missing.body.errors[0].pointer, '/weights/1');
    const word = await post('/dtw/pairs', { dataset1: [[1]], dataset2: [[1]], weights: ['x'] });
    assert.equal(word.body.errors[0].pointer, '/weights/0');
    const infeasible = await post('/dtw/pairs', {
      dataset1: [[1], [1, 2]],
      dataset2: [[1], [1, 2, 3, 4, 5, 6]],
      itakura_max_slope: 1,
    });
    assert.equal(infeasible.body.code, 'infeasible_constraint');
    assert.match(infeasible.body.detail, /dataset1\/1/);
  });

  it('413 if the pairs have more cells than MAX_CELLS, with their number', async () => {
    const long = new Array(3000).fill(1);
    const body = { dataset1: new Array(12).fill(long), dataset2: new Array(12).fill(long) };
    const { status, body: problem } = await post('/dtw/pairs', body);
    assert.equal(status, 413);
    assert.match(problem.detail, /12 pairs x 9000000 cells/);
  });
});

const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function nested(numbers: number[], [length = 1, ...rest]: number[]): unknown {
  if (rest.length === 0) return numbers;
  const size = numbers.length / length;
  return Array.from({ length }, (_, k) => nested(numbers.slice(k * size, (k + 1) * size), rest));
}
