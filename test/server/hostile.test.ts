import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { metrics } from '../../src/core/index.ts';
import { operations } from '../../src/server/operations/index.ts';
import { assertDocumented } from '../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../support/start-service.ts';

// Near-valid requests to every operation of every metric: whatever is sent, the response is documented, contains no null, is never the
// service's fault, and the next good request is served. FC_RUNS asks for more of them.

const odd = fc.constantFrom<unknown>(0, -0, 1e308, -1e308, 5e-324, 1e154, 1e155, null, 'x', true, {}, [1], '1', []);
const number = fc.oneof({ weight: 200, arbitrary: fc.integer({ min: -5, max: 5 }) }, { weight: 1, arbitrary: odd });
const series = fc.oneof(
  { weight: 20, arbitrary: fc.array(number, { minLength: 1, maxLength: 12 }) },
  { weight: 1, arbitrary: fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], [[]], [null], [[1], [1, 2]], null, 'series', { length: 3 }) },
);
const parameter = fc.constantFrom<unknown>(
  0,
  1,
  2,
  0.5,
  1e-300,
  1e300,
  -1,
  null,
  'x',
  1.2,
  true,
  'itakura',
  'sakoe_chiba',
);

const requests = metrics.flatMap((record) =>
  operations
    .filter(({ appliesTo }) => appliesTo(record))
    .map((operation) => {
      const [example] = Object.values(operation.examples);
      const fields = Object.fromEntries(
        Object.entries(example?.value ?? {}).map(([name, value]) => {
          const isSet = Array.isArray(value) && /dataset|queries|candidates/.test(name);
          const fresh: fc.Arbitrary<unknown> = isSet
            ? fc.array(series, { minLength: 1, maxLength: 4 })
            : Array.isArray(value)
              ? series
              : parameter;
          return [
            name,
            fc.oneof({ weight: 2, arbitrary: fc.constant<unknown>(value) }, { weight: 3, arbitrary: fresh }),
          ];
        }),
      );
      const parameters = Object.fromEntries(
        Object.keys(operation.params ?? record.params.shape).map((name) => [name, parameter]),
      );
      return fc.record({
        path: fc.constant(`/${record.name}${operation.suffix}`),
        query: fc.subarray([...operation.flags(record)]).map((flags) => flags.map((flag) => `${flag}=true`).join('&')),
        body: fc
          .tuple(
            fc.record(fields),
            fc.oneof(
              { weight: 3, arbitrary: fc.constant({}) },
              { weight: 1, arbitrary: fc.record(parameters, { requiredKeys: [] }) },
            ),
            fc.record(
              { be: fc.constantFrom('numpy', 'numpy', 'numpy', 'tfjs', 'tfjs', 'pytorch', 'x') },
              { requiredKeys: [] },
            ),
          )
          .map(([own, given, be]) => Object.assign({}, own, keepFew(given), be)),
      });
    }),
);

/** At most two parameters at once: with more of them, nearly every request is refused before anything is computed. */
const keepFew = (given: object): object => Object.fromEntries(Object.entries(given).slice(0, 2));

describe('hostile input', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000' });
    await untilReady(service);
  });
  after(() => service.close());

  it('is answered as the OpenAPI document says, and the next good request is served', async () => {
    const statuses = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(...requests), async ({ path, query, body }) => {
        const response = await service.request.post(query ? `${path}?${query}` : path).send(body);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        assertDocumented(response, 'post', path);
        assert.ok(response.status < 500, `${response.status}: ${response.text}`);
        if (response.status === 200) assert.ok(!/null|NaN|Infinity/.test(response.text), response.text);
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 600), seed: Number(process.env.FC_SEED ?? 1) },
    );
    // A law that saw nothing but rejections would prove little.
    assert.ok((statuses.get(200) ?? 0) > 50, JSON.stringify([...statuses]));
    const { body } = await service.request.post('/dtw').send({ s1: [1, 2, 3], s2: [3, 4, -3] });
    assert.equal(body.value, 6.48074069840786);
  });
});
