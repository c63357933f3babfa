import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTf } from '../../../src/core/engines/tfjs/load.ts';
import { evaluate, InvalidInput, metrics, pairs } from '../../../src/core/index.ts';
import { closeTo, largest, type Numbers } from '../../support/close-to.ts';

/** Seven pairs: three of equal lengths in a row, another length, and two more of the first. */
const lengths = [5, 5, 5, 7, 5, 5, 4];
const numbersOf = (n: number, d: number, seed: number) =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: d }, (_, k) => Math.sin(seed * 7.3 + i * 1.7 + k * 2.9) * 2),
  );
const weights = [1, -2, 0.5, 3, 0, 1.5, 1];

/** How many operations of TensorFlow.js a computation takes. */
const operationsIn = async (compute: () => unknown): Promise<number> =>
  (await loadTf().profile(() => void compute())).kernels.length;

describe('pairs that are solved together on tfjs', () => {
  for (const record of metrics.filter(({ backends }) => backends.includes('tfjs'))) {
    for (const d of [1, 2]) {
      const other = (n: number) => (record.equalLengths ? n : n - 1);
      const [first, second] = [
        lengths.map((n, k) => numbersOf(n, d, k)),
        lengths.map((n, k) => numbersOf(other(n), d, k + 50)),
      ];

      it(`have the values and gradients of each by itself: ${record.name}, d = ${d}`, () => {
        const grad = record.gives.includes('grad');
        const found = pairs(record, first, second, { be: 'tfjs' }, { grad, weights });
        for (const [k, s1] of first.entries()) {
          const alone = evaluate(record, s1, second[k], { be: 'tfjs' }, { grad });
          closeTo(found.values[k], alone.value, { absolute: 1e-5 * Math.max(1, Math.abs(alone.value)) });
          if (!alone.gradient || !found.gradient) continue;
          const close = (actual: unknown, expected: Numbers) => {
            const scaled = JSON.parse(JSON.stringify(expected), (_, x) =>
              typeof x === 'number' ? x * weights[k]! : x,
            );
            closeTo(actual, scaled, { absolute: 1e-5 * Math.max(1, largest(scaled)) });
          };
          close(found.gradient.dataset1[k], alone.gradient.s1 as Numbers);
          close(found.gradient.dataset2[k], alone.gradient.s2 as Numbers);
          for (const by of ['gamma', 'sigma'] as const) {
            if (alone.gradient[by] !== undefined) close(found.gradient[by]?.[k], alone.gradient[by]);
          }
        }
      });
    }
  }

  it('take as many operations as two of them', async () => {
    const count = (b: number) => {
      const sets = Array.from({ length: b }, (_, k) => numbersOf(5, 1, k));
      return operationsIn(() => pairs('soft-dtw', sets, sets, { be: 'tfjs' }, { grad: true }));
    };
    const few = await count(2);
    assert.ok(few > 0);
    assert.equal(await count(60), few);
  });

  it('name the first one that cannot be compared', () => {
    const sets = [
      [1, 2, 3],
      [1, 2],
      [2, 1],
    ];
    assert.throws(
      () => pairs('ddtw', sets, sets, { be: 'tfjs' }),
      (error) => error instanceof InvalidInput && error.path[1] === 1,
    );
    const large = [
      [0, 1],
      [1e30, 1],
    ];
    assert.throws(
      () =>
        pairs(
          'soft-dtw',
          large,
          [
            [0, 1],
            [-1e30, 1],
          ],
          { be: 'tfjs' },
        ),
      (error) => error instanceof InvalidInput && /out of the range of float32.*dataset1\/1/.test(error.message),
    );
  });
});
