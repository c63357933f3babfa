import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type NDArray, parseNpy, parseNpzSync } from 'numpy-ts';
import { metrics } from '../../../src/core/index.ts';
import { operations } from '../../../src/server/operations/index.ts';
import { examplesFor } from '../../../src/server/operations/operation.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

type Json = Record<string, unknown>;

/** The arrays that a JSON answer comes to. */
function expected(answer: Json, prefix = ''): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(answer)) {
    const name = `${prefix}${key}`;
    if (name === 'matches') {
      const matches = value as Json[];
      for (const field of ['start', 'end', 'value']) found[`matches_${field}`] = matches.map((match) => match[field]);
      for (const [k, { path }] of matches.entries()) if (path) found[`matches_path_${k}`] = path;
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      Object.assign(found, expected(value as Json, `${name}_`));
    } else found[name] = value;
  }
  return found;
}

const listOf = (array: NDArray): unknown => numbers(array.ndim === 0 ? array.item() : array.toArray());
/** As JSON has them: without a negative zero. */
const numbers = (value: unknown): unknown => (Array.isArray(value) ? value.map(numbers) : Number(value) + 0);

/** Integers arrive as integers. */
const whole = /^(path|indices|shape|iterations|computed|pruned|shift|matches_(start|end|path_\d+))$/;

describe('answers for NumPy', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2' });
    await untilReady(service);
  });
  after(() => service.close());

  const post = (path: string, accept: string, body: object) =>
    service.request.post(path).set('accept', accept).responseType('blob').send(body);

  for (const record of metrics) {
    it(`contain for every operation of ${record.name} the same as JSON, to the last bit`, async () => {
      for (const operation of operations.filter(({ appliesTo }) => appliesTo(record))) {
        const route = `/${record.name}${operation.suffix}`;
        const [first] = Object.values(examplesFor(record, operation));
        const flags = operation.flags(record).map((flag) => `${flag}=true`);
        for (const be of operation.backends ?? record.backends) {
          const body = { ...first?.value, be };
          const path = `${route}?${flags.join('&')}`;
          const json = await service.request.post(path).send(body);
          const response = await post(path, 'application/x-npz', body);
          assert.equal(response.status, 200, `${path} ${JSON.stringify(json.body)}`);
          assertDocumented(response, 'post', route);
          const { arrays, skipped } = parseNpzSync(response.body, { force: true });
          const { be: _, dtype: __, engine: ___, ...rest } = expected(json.body);
          const words = be === 'tfjs' ? ['be', 'dtype', 'engine'] : ['be', 'dtype'];
          assert.deepEqual(skipped.sort(), words); // which numpy-ts does not read
          assert.deepEqual([...arrays.keys()].sort(), Object.keys(rest).sort(), route);
          for (const [name, array] of arrays) {
            assert.deepEqual(listOf(array), numbers(rest[name]), `${route} ${name}`);
            const wanted = whole.test(name) ? 'int64' : name === 'converged' ? 'bool' : 'float64';
            assert.equal(array.dtype, wanted, `${route} ${name}`);
          }
        }
      }
    });
  }

  it('are only a matrix if that is all that is wanted', async () => {
    const body = {
      dataset1: [
        [1, 2],
        [3, 4],
        [5, 7, 1],
      ],
      dataset2: [
        [1, 2],
        [0, 0],
      ],
    };
    for (const path of ['/dtw/cdist', '/soft-dtw/cdist']) {
      const response = await post(path, 'application/x-npy', body);
      assert.equal(response.type, 'application/x-npy');
      assertDocumented(response, 'post', path);
      const { body: json } = await service.request.post(path).send(body);
      const matrix = parseNpy(response.body);
      assert.deepEqual([matrix.dtype, matrix.shape], ['float64', [3, 2]]);
      assert.deepEqual(matrix.toArray(), json.matrix);
    }
  });

  it('406 if the response is not a single matrix, saying so', async () => {
    const response = await service.request
      .post('/dtw')
      .set('accept', 'application/x-npy')
      .send({ s1: [1], s2: [2] });
    assert.equal(response.status, 406);
    assertDocumented(response, 'post', '/dtw');
    assert.match(response.body.detail, /application\/x-npz.* response is not a single matrix/);
  });

  it('are used if they are preferred, and JSON for anything', async () => {
    const body = { dataset1: [[1, 2]] };
    const typeOf = async (accept: string) => (await post('/dtw/cdist', accept, body)).type;
    assert.equal(await typeOf('application/x-npz;q=0.5, application/x-npy'), 'application/x-npy');
    assert.equal(await typeOf('application/x-npz, application/json;q=0.9'), 'application/x-npz');
    assert.equal(await typeOf('*/*'), 'application/json');
    assert.equal(await typeOf('application/*'), 'application/json');
  });

  it('are errors like any other, and always the same bytes', async () => {
    const bad = await service.request
      .post('/dtw')
      .set('accept', 'application/x-npz')
      .send({ s1: [1] });
    assert.deepEqual([bad.status, bad.type], [400, 'application/problem+json']);
    const body = { s1: [1, 2], s2: [3, 4] };
    const [one, two] = await Promise.all([1, 2].map(() => post('/dtw?grad=true', 'application/x-npz', body)));
    assert.deepEqual(one?.body, two?.body);
  });

  it('arrive complete when they are large', async () => {
    const s1 = Array.from({ length: 700 }, (_, i) => Math.sin(i));
    const s2 = Array.from({ length: 600 }, (_, i) => Math.cos(i / 3));
    const { body } = await post('/soft-dtw?alignment=true', 'application/x-npz', { s1, s2 });
    const { body: json } = await service.request.post('/soft-dtw?alignment=true').send({ s1, s2 });
    const alignment = parseNpzSync(body, { force: true }).arrays.get('alignment') as NDArray;
    assert.deepEqual(alignment.shape, [700, 600]);
    assert.deepEqual(alignment.toArray(), json.alignment);
  });
});
