import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dtw, subsequence } from '../../../src/core/index.ts';
import { readSeries } from '../../../src/core/input/series.ts';
import { kernelFor } from '../../../src/core/kernels/index.ts';
import { type Ends, freeMatches, plainMatches } from '../../../src/core/operations/subsequence/ends.ts';
import { coarse } from '../../support/arbitraries.ts';
import { closeTo } from '../../support/close-to.ts';

describe('the subsequence search', () => {
  const list = (d: number, maxLength: number) =>
    fc.array(fc.array(coarse, { minLength: d, maxLength: d }), { minLength: 1, maxLength, size: 'max' });
  const problems = fc.integer({ min: 1, max: 2 }).chain((d) =>
    fc.record({
      query: list(d, 5),
      series: list(d, 14),
      k: fc.integer({ min: 1, max: 5 }),
      radius: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    }),
  );

  it('has on SIMD the ends and starts of the plain loops, ties included', () => {
    const values = fc.oneof(coarse, fc.double({ min: -9, max: 9, noNaN: true }));
    const univariate = (maxLength: number) => fc.array(values, { minLength: 1, maxLength, size: 'max' });
    fc.assert(
      fc.property(univariate(14), univariate(60), fc.nat(20), fc.nat(20), (query, long, skip, more) => {
        const first = Math.min(skip, long.length - 1);
        const from = Math.min(first + more, long.length - 1);
        const ends = [freeMatches, plainMatches].map((matches) => {
          const found = { cost: new Float64Array(long.length), start: new Int32Array(long.length) };
          matches(readSeries(query), readSeries(long))(first, from, long.length - 1, found, () => {});
          return found;
        });
        const [simd, plain] = ends as [Ends, Ends];
        closeTo(simd.cost, plain.cost, { relative: 1e-12, absolute: 1e-15 });
        const whole = [...query, ...long].every(Number.isInteger);
        if (whole) assert.deepEqual(simd.start, plain.start);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same as trying every run of steps, one match after another', () => {
    fc.assert(
      fc.property(problems, ({ query, series, k, radius }) => {
        fc.pre(radius === undefined || query.length - series.length <= radius);
        const given = { k, ...(radius !== undefined && { sakoe_chiba_radius: radius }) };
        const { matches } = subsequence('dtw', query, series, given, { path: true });
        const free = new Array<boolean>(series.length).fill(true);
        for (let at = 0; at < k; at++) {
          const best = bestRun(query, series, radius, free);
          const match = matches[at];
          assert.equal(match?.value, best?.value);
          assert.equal(match?.end, best?.end);
          if (match === undefined) break;
          const { start, end, path = [] } = match;
          assert.equal(valueOfRun(query, series.slice(start, end + 1), radius), match.value);
          assert.deepEqual(
            [path[0], path.at(-1)],
            [
              [0, start],
              [query.length - 1, end],
            ],
          );
          closeTo(Math.sqrt(costOf(query, series, path)), match.value, { absolute: 1e-12 });
          free.fill(false, start, end + 1);
        }
        assert.ok(matches.length <= k);
      }),
      { numRuns: 500 },
    );
  });

  it('never returns the same step twice, and returns fewer matches if nothing is left', () => {
    const { matches } = subsequence('dtw', [1, 2], [1, 2, 1, 2, 1], { k: 9 });
    const covered = matches.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, at) => start + at));
    assert.equal(new Set(covered).size, covered.length);
    assert.deepEqual(matches.slice(0, 2), [
      { start: 0, end: 1, value: 0 },
      { start: 2, end: 3, value: 0 },
    ]);
    assert.ok(matches.length < 9);
  });

  it('slides a Euclidean distance over the series if the radius is 0', () => {
    const [match] = subsequence('dtw', [0, 3], [9, 0, 0, 0, 2, 9], { sakoe_chiba_radius: 0 }).matches;
    assert.deepEqual(match, { start: 3, end: 4, value: 1 });
  });

  it('refuses what it cannot serve, and says where', () => {
    assert.throws(() => subsequence('dtw', [1], [1], { k: 0 }), { path: ['k'] });
    assert.throws(() => subsequence('dtw', [1], [1], { sakoe_chiba_radius: -1 }), { path: ['sakoe_chiba_radius'] });
    assert.throws(() => subsequence('dtw', [1], [1], { itakura_max_slope: 2 }), /itakura_max_slope/);
    assert.throws(() => subsequence('dtw', [[1]], [[1, 2]]), { path: ['series'] });
    assert.throws(() => subsequence('dtw', [1, 2, 3, 4], [1, 2], { sakoe_chiba_radius: 1 }), {
      code: 'infeasible_constraint',
      message: /smallest feasible radius is 2/,
    });
    assert.throws(() => subsequence('dtw', [1e200], [-1e200]), { code: 'out_of_range' });
  });
});

/** The lowest value of all runs of free steps; ties go to the one that ends first. */
function bestRun(query: number[][], series: number[][], radius: number | undefined, free: readonly boolean[]) {
  let best: { value: number; end: number } | undefined;
  for (let end = 0; end < series.length; end++) {
    for (let start = end; start >= 0 && free[start] && free[end]; start--) {
      const value = valueOfRun(query, series.slice(start, end + 1), radius);
      if (value !== Infinity && (best === undefined || value < best.value)) best = { value, end };
    }
  }
  return best;
}

/** dtw; with a radius only over cells so near to the diagonal from the first one. */
function valueOfRun(query: number[][], run: number[][], radius: number | undefined): number {
  if (radius === undefined) return dtw(query, run);
  const [n, m, d] = [query.length, run.length, query[0]?.length ?? 1];
  if (Math.abs(n - m) > radius) return Infinity;
  const band = {
    lo: Int32Array.from({ length: n }, (_, i) => Math.max(0, i - radius)),
    hi: Int32Array.from({ length: n }, (_, i) => Math.min(m - 1, i + radius)),
  };
  const kernel = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, d);
  const pair = { s1: Float64Array.from(query.flat()), s2: Float64Array.from(run.flat()), n, m, d };
  return Math.sqrt(kernel.value(pair, band, () => {}));
}

const costOf = (query: number[][], series: number[][], path: [number, number][]): number =>
  path.reduce(
    (sum, [i, j]) => sum + (query[i] ?? []).reduce((part, x, at) => part + (x - (series[j]?.[at] ?? 0)) ** 2, 0),
    0,
  );
