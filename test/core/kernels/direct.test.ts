import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, evaluate, metrics as records } from '../../../src/core/index.ts';
import { type Batch, largestCorrelations, leastRemainders, pointwiseSums } from '../../../src/core/kernels/index.ts';

// A matrix of a metric without a recurrence computes eight pairs at once, one in each lane: with the numbers of one pair alone, to the last bit.

type Params = Record<string, unknown>;

const metrics: [name: string, metric: string, params: (n: number, d: number) => Params, unequal: boolean][] = [
  ['euclidean', 'euclidean', () => ({}), false],
  ['squared', 'squared', () => ({}), false],
  ['manhattan', 'manhattan', () => ({}), false],
  ['minkowski, p = 3', 'minkowski', () => ({ p: 3 }), false],
  [
    'weighted minkowski, p = 2',
    'minkowski',
    (n) => ({ p: 2, w: Array.from({ length: n }, (_, i) => 0.1 + i / n) }),
    false,
  ],
  [
    'weighted minkowski, p = 1, by channel',
    'minkowski',
    (n, d) => ({ p: 1, w: Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, k) => 0.3 + k + i / n)) }),
    false,
  ],
  ['shift-scale-invariant', 'shift-scale-invariant', () => ({}), false],
  ['shift-scale-invariant, max_shift 3', 'shift-scale-invariant', () => ({ max_shift: 3 }), false],
  ['normalized-cc', 'normalized-cc', () => ({}), true],
  ['sbd', 'sbd', () => ({}), true],
  ['sbd, not standardized', 'sbd', () => ({ standardize: false }), true],
];

/** Series of which some are constant, or 0. */
function seriesOf(n: number, d: number, seed: number): number[] | number[][] {
  let state = seed | 1;
  const next = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    return ((state >>> 0) / 2 ** 32 - 0.5) * 10;
  };
  const constant = seed % 7 === 0 ? next() : seed % 11 === 0 ? 0 : undefined;
  const rows = Array.from({ length: n }, () => Array.from({ length: d }, () => constant ?? next()));
  return d === 1 ? rows.flat() : rows;
}

const counts = fc.integer({ min: 1, max: 19 });
const cases = fc.record({
  d: fc.constantFrom(1, 1, 2, 3),
  n: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 })),
  lengths: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
  first: counts,
  second: fc.option(counts, { nil: undefined }),
  seed: fc.nat(1000),
});

describe('a matrix of a metric without a recurrence', () => {
  for (const [name, metric, paramsOf, unequal] of metrics) {
    const mirrored = records.find((record) => record.name === metric)?.laws.includes('symmetric');
    it(`has the values of single pairs, to the last bit: ${name}`, () => {
      fc.assert(
        fc.property(cases, ({ d, n, lengths, first, second, seed }) => {
          const lengthOf = (k: number) => (unequal ? (lengths[k % lengths.length] as number) : n);
          const many = (count: number, from: number) =>
            Array.from({ length: count }, (_, k) => seriesOf(lengthOf(k), d, from + k));
          const x = many(unequal ? Math.min(first, 9) : first, seed);
          const y = second === undefined ? undefined : many(unequal ? Math.min(second, 9) : second, seed + 50);
          const params = paramsOf(n, d);
          const { matrix } = cdist(metric, x, y, params);
          for (const [k, one] of x.entries()) {
            for (const [l, other] of (y ?? x).entries()) {
              // Of a symmetric matrix, half is computed.
              const [a, b] = mirrored && y === undefined && l < k ? [other, one] : [one, other];
              const single = evaluate(metric, a, b, params);
              const found = (matrix[k] as number[])[l] as number;
              // The diagonal of a matrix with itself is known.
              if (y === undefined && k === l && found === 0) assert.ok(Math.abs(single.value) < 1e-12);
              else assert.equal(found, single.value);
            }
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  it('says which pair has unequal lengths', () => {
    assert.throws(
      () =>
        cdist(
          'euclidean',
          [
            [1, 2],
            [3, 4],
            [1, 2, 3],
          ],
          [[1, 2]],
        ),
      /series have 3 and 2 steps/,
    );
  });

  it('can be stopped in the middle of a block, and serves the next one', () => {
    const steps = (n: number, of: number) => ({ data: new Float64Array(n).fill(of), n, d: 1 });
    const batches: [Batch, number][] = [
      [pointwiseSums('squares', undefined), 50],
      [largestCorrelations((correlation) => correlation), 1],
      [leastRemainders((n) => n - 1), 0],
    ];
    for (const [batch, wanted] of batches) {
      let polls = 0;
      const stop = () => {
        polls++;
        if (polls === 3) throw new Error('stopped');
      };
      batch.open(Array.from({ length: 400 }, () => steps(5000, 1)));
      const all = Array.from({ length: 400 }, (_, at) => at);
      assert.throws(() => batch.block(all, [steps(5000, 2)], () => undefined, stop), /stopped/);
      batch.open([steps(50, 1)]);
      const [value] = batch.block(
        [0],
        [steps(50, 2)],
        () => undefined,
        () => {},
      );
      assert.ok(Math.abs((value as number) - wanted) < 1e-12, `${value} is not ${wanted}`);
    }
  });
});
