import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { evaluate, metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService } from '../../support/start-service.ts';

const s1 = [1, 2, 3];
const s2 = [3, 4, -3];

describe('POST /{metric}', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const post = async (path: string, body: object) => {
    const response = await service.request.post(path).send(body);
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response;
  };

  it('returns only the value', async () => {
    const { status, body } = await post('/dtw', { s1, s2 });
    assert.equal(status, 200);
    assert.deepEqual(body, { value: 6.48074069840786, be: 'numpy', dtype: 'float64' });
  });

  for (const be of ['numpy', 'tfjs', 'pytorch']) {
    it(`answers the gradients of the seed example on ${be}`, async () => {
      const { body: hard } = await post('/dtw?grad=true', { s1, s2, be });
      near(hard.value, 6.48074069840786);
      nearAll(hard.gradient.s1, [-0.3086067, -0.15430335, 0.77151675]);
      nearAll(hard.gradient.s2, [0.46291005, 0.15430335, -0.9258201]);
      const { body: soft } = await post('/soft-dtw?grad=true', { s1, s2, be });
      near(soft.value, 41.1876273);
      nearAll(soft.gradient.s1, [-4.0000608, -2.2852333, 10.1643308]);
      assert.equal(soft.be, be === 'numpy' ? 'numpy' : 'tfjs');
      assert.equal(soft.dtype, be === 'numpy' ? 'float64' : 'float32');
    });
  }

  for (const record of metrics) {
    it(`serves everything that ${record.name} gives, alike over HTTP and in the library`, async () => {
      const flags = record.gives.map((extra) => `${extra}=true`).join('&');
      const everything = Object.fromEntries(record.gives.map((extra) => [extra, true]));
      for (const be of record.backends) {
        const { body } = await post(`/${record.name}?${flags}`, { s1, s2, be });
        assert.deepEqual(body, overJson(evaluate(record, s1, s2, { be }, everything)));
      }
    });
  }

  it('gives gradients in the shape each series came in, with zeros where steps were trimmed', async () => {
    const { body } = await post('/soft-dtw?grad=true', { s1: [[1], [2], [null]], s2: [1, 2, 4, null, null] });
    assert.equal(body.gradient.s1.length, 3);
    assert.deepEqual(body.gradient.s1[2], [0]);
    assert.deepEqual(body.gradient.s2.slice(3), [0, 0]);
  });

  it('takes every parameter of tslearn by its name', async () => {
    const { body } = await post('/soft-dtw', {
      s1,
      s2,
      gamma: 0.5,
      global_constraint: 'sakoe_chiba',
      sakoe_chiba_radius: 1,
    });
    const params = { gamma: 0.5, global_constraint: 'sakoe_chiba', sakoe_chiba_radius: 1 };
    assert.equal(body.value, evaluate('soft-dtw', s1, s2, params).value);
  });

  it('says where the time went', async () => {
    for (const path of ['/dtw', '/dtw?grad=true']) {
      const { headers } = await service.request.post(path).send({ s1, s2 });
      const [, compute, total] =
        /compute;dur=([\d.]+), write;dur=[\d.]+, total;dur=([\d.]+)/.exec(headers['server-timing'] as string) ?? [];
      assert.ok(Number(compute) > 0 && Number(compute) < Number(total), headers['server-timing']);
    }
  });

  it('keeps the request id of the caller, and generates one if there is none', async () => {
    const given = await service.request.post('/dtw').set('x-request-id', 'abc-1').send({ s1, s2 });
    assert.equal(given.headers['x-request-id'], 'abc-1');
    const made = await service.request.post('/dtw').set('x-request-id', 'not\tplain').send({ s1, s2 });
    assert.match(made.headers['x-request-id'] as string, /^[0-9a-f-]{36}$/);
  });
});

function near(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) <= 1e-4 * Math.max(1, Math.abs(wanted)), `${found} is not ${wanted}`);
}

function nearAll(found: number[], wanted: number[]): void {
  assert.equal(found.length, wanted.length);
  for (const [i, x] of found.entries()) near(x, wanted[i]);
}

/** As JSON carries it: -0 arrives as 0. */
const overJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
