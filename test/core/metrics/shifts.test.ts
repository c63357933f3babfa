import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate } from '../../../src/core/index.ts';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261127) });

/** Few whole numbers, so that shifts often tie; not all equal. */
const whole = (n: { min: number; max: number }) =>
  fc
    .array(fc.integer({ min: -2, max: 2 }), { minLength: n.min, maxLength: n.max })
    .filter((x) => x.some((value) => value !== x[0]));

/** sum of x_i y_{i-s}, exact for whole numbers. */
function product(x: readonly number[], y: readonly number[], s: number): number {
  return x.reduce((sum, value, i) => sum + value * (y[i - s] ?? 0), 0);
}

const byDistance = (a: number, b: number): number => Math.abs(a) - Math.abs(b) || a - b;
const shiftsOf = (n: number, m: number): number[] => Array.from({ length: n + m - 1 }, (_, k) => k - m + 1);

describe('shifts that tie', () => {
  it('go to the nearest for sbd, though rounding tells them apart', () => {
    assert.equal(evaluate('sbd', [0, 0, 1, 1], [1, 0, 0, 0, 1, 0]).shift, -1);
    // n x_i - sum is n times the centred series, in whole numbers.
    const centred = (x: readonly number[]) => {
      const sum = x.reduce((all, value) => all + value, 0);
      return x.map((value) => value * x.length - sum);
    };
    const nearest = fc.property(whole({ min: 2, max: 12 }), whole({ min: 2, max: 12 }), (x, y) => {
      const [a, b] = [centred(x), centred(y)];
      const shifts = shiftsOf(x.length, y.length);
      const most = Math.max(...shifts.map((s) => product(a, b, s)));
      const [best] = shifts.filter((s) => product(a, b, s) === most).sort(byDistance);
      assert.equal(evaluate('sbd', x, y).shift, best);
    });
    fc.assert(nearest, { numRuns: 2000 });
  });

  it('go to the nearest for normalized-cc', () => {
    const nearest = fc.property(whole({ min: 2, max: 12 }), whole({ min: 2, max: 12 }), (x, y) => {
      const shifts = shiftsOf(x.length, y.length);
      const most = Math.max(...shifts.map((s) => product(x, y, s)));
      const [best] = shifts.filter((s) => product(x, y, s) === most).sort(byDistance);
      assert.equal(evaluate('normalized-cc', x, y).shift, best);
    });
    fc.assert(nearest, { numRuns: 2000 });
  });

  it('go to 0, then to the most negative one, for shift-scale-invariant', () => {
    assert.equal(evaluate('shift-scale-invariant', [2, 2, 2], [0, 1, 2], { max_shift: 2 }).shift, 0);
    const series = fc
      .integer({ min: 2, max: 10 })
      .chain((n) => fc.tuple(...[0, 1].map(() => whole({ min: n, max: n }))));
    const first = fc.property(series, ([x, y]) => {
      const n = (x as number[]).length;
      const shifts = shiftsOf(n, n);
      // ||x||^2 - left^2 = <x, y_s>^2 / <y_s, y_s>, a fraction of whole numbers: the largest has the least left.
      const parts = shifts.map((s) => {
        const moved = Array.from({ length: n }, (_, i) => (y as number[])[i - s] ?? 0);
        return [product(x as number[], y as number[], s) ** 2, Math.max(1, product(moved, moved, 0))] as const;
      });
      const isMost = ([top, bottom]: readonly [number, number]) => parts.every(([t, b]) => top * b >= t * bottom);
      const best = shifts.filter((_, at) => isMost(parts[at] as readonly [number, number]));
      assert.equal(evaluate('shift-scale-invariant', x, y).shift, best.includes(0) ? 0 : best[0]);
    });
    fc.assert(first, { numRuns: 2000 });
  });
});
