import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type BackendName,
  evaluate,
  InvalidInput,
  type MetricRecord,
  metrics,
  type Wanted,
} from '../../src/core/index.ts';
import type { TriangleInequality } from '../../src/core/metric/record.ts';
import { pairs as anyPairs, coarse, generic, type PairOfSeries, paramsOf } from '../support/arbitraries.ts';
import { centralDifference } from '../support/central-difference.ts';
import { closeTo, largest, type Numbers } from '../support/close-to.ts';
import { bandFor, gradientAlong, lengthsFor, pathCost } from '../support/cost-along-path.ts';

// What holds for every metric, according to its record. No metric is named here: a new one must satisfy all of it.

type Params = Record<string, unknown>;

// One seed, so that a build fails for what changed and for nothing else; FC_SEED=n tries others, FC_RUNS=n n times as many.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261123) });
const runs = (count: number): number => count * Number(process.env.FC_RUNS ?? 1);

/** Parameters and series that do not fit each other are covered by other tests. */
const misfits = ['infeasible_constraint', 'infeasible_length', 'too_short', 'unsupported_extra', 'unfit_parameter'];

function answer(record: MetricRecord, { s1, s2 }: PairOfSeries, params: Params, wanted: Wanted = {}) {
  try {
    return evaluate(record, s1, s2, params, wanted);
  } catch (error) {
    if (error instanceof InvalidInput && misfits.includes(error.code)) fc.pre(false);
    throw error;
  }
}

const hardened = (record: MetricRecord, params: Params): Params =>
  'gamma' in record.params.shape ? { ...params, gamma: 0 } : params;

const withoutBand = { global_constraint: null, sakoe_chiba_radius: null, itakura_max_slope: null };

/** The parameters for which a triangle inequality is promised; what is not named here may be anything. */
const restrictedBy: Readonly<Record<TriangleInequality, Params>> = {
  'triangle inequality': {},
  'triangle inequality without a band and a local metric': { ...withoutBand, metric: null, p: null },
  'triangle inequality when hard and without a band': { ...withoutBand, gamma: 0 },
  'triangle inequality when hard, independent and without a band': { ...withoutBand, gamma: 0, independent: true },
};

for (const record of metrics) {
  const { laws, gives, backends } = record;
  const pairs: typeof anyPairs = (...given) =>
    record.equalLengths ? anyPairs(...given).map(cutToEqual) : anyPairs(...given);
  const both = [generic, coarse];

  describe(`${record.name} obeys its laws`, () => {
    const law = (
      name: string,
      series: fc.Arbitrary<PairOfSeries>,
      holds: (pair: PairOfSeries, params: Params) => void,
      options: fc.Parameters<[PairOfSeries, Params]> & { least?: number } = {},
    ) =>
      it(name, () =>
        fc.assert(fc.property(series, paramsOf(record, options.least), holds), { numRuns: runs(100), ...options }),
      );
    const any = fc.oneof(...both.map((value) => pairs(value)));

    if (laws.includes('symmetric')) {
      law('is symmetric', any, (pair, params) => {
        const there = answer(record, pair, params).value;
        if (!sameBandReversed(record, pair, params)) return;
        const back = answer(record, { s1: pair.s2, s2: pair.s1 }, params).value;
        closeTo(back, there, { relative: 1e-9, absolute: 1e-9 });
      });
    }
    if (laws.includes('zero on equal series') || laws.includes('zero on equal series when hard')) {
      law('is zero on equal series', any, ({ s1 }, params) => {
        const given = laws.includes('zero on equal series') ? params : hardened(record, params);
        closeTo(answer(record, { s1, s2: s1 }, given).value, 0, { absolute: 1e-9 });
      });
    }
    if (laws.includes('not negative') || laws.includes('not negative when hard')) {
      law('is not negative', any, (pair, params) => {
        const given = laws.includes('not negative') ? params : hardened(record, params);
        assert.ok(answer(record, pair, given).value >= 0);
      });
    }

    const triangle = laws.find((name): name is TriangleInequality => name.startsWith('triangle inequality'));
    if (triangle) {
      const row = fc.array(fc.oneof(generic, coarse), { minLength: 3, maxLength: 3 });
      const third = fc.tuple(fc.array(row, { minLength: 12, maxLength: 12 }), fc.integer({ min: 1, max: 12 }));
      it(`obeys the ${triangle}`, () => {
        const run = fc.property(any, third, paramsOf(record), ({ s1, s2 }, [rows, length], given) => {
          const params = { ...given, ...restrictedBy[triangle] };
          const d = Array.isArray(s1[0]) ? s1[0].length : 1;
          const s3 = rows.slice(0, record.equalLengths ? s1.length : length).map((row) => row.slice(0, d));
          const way = (a: PairOfSeries['s1'], b: PairOfSeries['s1']) => answer(record, { s1: a, s2: b }, params).value;
          assert.ok(way(s1, s2) <= (way(s1, s3) + way(s3, s2)) * (1 + 1e-12) + 1e-12);
        });
        fc.assert(run, { numRuns: runs(300) });
      });
    }

    law('answers the same again, whatever came between and whatever else is asked for', any, (pair, params) => {
      const first = answer(record, pair, params);
      const everything = Object.fromEntries(gives.filter((extra) => extra !== 'path').map((extra) => [extra, true]));
      const full = answer(record, pair, params, everything);
      evaluate(record, [1, 2, 3, 4], [2, 1, 0, 5], {});
      assert.deepEqual(answer(record, pair, params, everything), full);
      closeTo(full.value, first.value, { relative: 1e-12, absolute: 1e-12 });
    });

    if (gives.includes('path')) {
      for (const be of backends) {
        const inputs = be === 'numpy' ? any : fc.oneof(pairs(generic, 8, 2), pairs(coarse, 8, 2));
        law(
          `has a path on ${be} that costs the value, steps by one and stays in the band`,
          inputs,
          (pair, given) => {
            const params = { ...hardened(record, given), be };
            const { value, path } = answer(record, pair, params, { path: true });
            assert.ok(path);
            if (record.path === 'matches') assertForward(path);
            else assertSteps(path, lengthsFor(record, pair));
            const band = bandFor(record, pair, params);
            if (band)
              for (const [i, j] of path) assert.ok(band.lo[i] <= j && j <= band.hi[i], `(${i}, ${j}) is outside`);
            const tolerance = be === 'numpy' ? 1e-9 : 1e-5;
            const cost = pathCost(record, pair, params, path);
            if (cost !== undefined) closeTo(cost, value, { relative: tolerance, absolute: tolerance });
          },
          { numRuns: runs(be === 'numpy' ? 100 : 30) },
        );
      }
    }

    if (gives.includes('grad')) {
      it('has the gradient that central differences have', (test) => {
        const count = { checked: 0, skipped: 0 };
        const run = fc.property(pairs(generic), paramsOf(record), fc.nat(), fc.nat(), (pair, params, k1, k2) => {
          const { value, gradient } = answer(record, pair, params, { grad: true });
          assert.ok(gradient);
          const scale = Math.max(1, largest([gradient.s1, gradient.s2 as Numbers]));
          for (const [s, k] of [
            ['s1', k1],
            ['s2', k2],
          ] as const) {
            const found = flat(gradient[s]);
            const at = k % found.length;
            const expected = centralDifference((h) => answer(record, moved(pair, s, at, h), params).value, scale);
            if (expected === undefined) count.skipped++;
            else {
              count.checked++;
              closeTo(found[at], expected, { absolute: 1e-6 * scale + 1e-9 * Math.abs(value) }, `gradient of ${s}`);
            }
          }
        });
        fc.assert(run, { numRuns: runs(150) });
        test.diagnostic(`${count.checked} checked, ${count.skipped} beside a kink`);
        assert.ok(count.checked > 5 * count.skipped, 'most places must be smooth enough to check');
      });

      const smoother = record.smoothedBy;
      if (smoother) {
        it(`has the slope by ${smoother} that central differences have, on all backends`, (test) => {
          let checked = 0;
          const run = fc.property(pairs(generic, 8, 2), paramsOf(record, 0.5), (pair, given) => {
            const at = given[smoother] as number;
            fc.pre(at > 0);
            const value = (by: number) => answer(record, pair, { ...given, [smoother]: by }).value;
            const h = 1e-3 * at;
            const expected = (8 * (value(at + h) - value(at - h)) - (value(at + 2 * h) - value(at - 2 * h))) / (12 * h);
            const scale = Math.max(1, Math.abs(value(at)) / at);
            for (const be of backends) {
              for (const compute_with_backend of [true, false]) {
                const { gradient } = answer(record, pair, { ...given, be, compute_with_backend }, { grad: true });
                const absolute = (be === 'numpy' ? 1e-8 : 2e-5) * scale;
                closeTo(gradient?.[smoother], expected, { absolute, relative: be === 'numpy' ? 1e-7 : 2e-4 }, smoother);
              }
            }
            checked++;
          });
          fc.assert(run, { numRuns: runs(40) });
          test.diagnostic(`${checked} checked`);
        });
      }

      law(
        'has a finite gradient at ties, at zero distance and in tight bands',
        fc.oneof(
          pairs(coarse),
          pairs(coarse).map(({ s1 }) => ({ s1, s2: s1 })),
        ),
        (pair, params) => {
          const { gradient } = answer(record, pair, params, { grad: true });
          assert.ok(gradient && Number.isFinite(largest([gradient.s1, gradient.s2 as Numbers])));
        },
        { numRuns: runs(200) },
      );

      law('has gradients in the shapes of the series, zeros for trimmed steps', any, (pair, params) => {
        const plain = answer(record, pair, params, { grad: true }).gradient;
        const padded = answer(record, { s1: withPadding(pair.s1, 2), s2: withPadding(pair.s2, 1) }, params, {
          grad: true,
        });
        assert.deepEqual(padded.gradient?.s1, [...(plain?.s1 ?? []), ...zeros(pair.s1, 2)]);
        assert.deepEqual(padded.gradient?.s2, [...(plain?.s2 ?? []), ...zeros(pair.s2, 1)]);
      });
    }

    if (gives.includes('grad') && (gives.includes('alignment') || gives.includes('path'))) {
      const extra = gives.includes('alignment') ? 'alignment' : 'path';
      for (const be of backends) {
        law(
          `has the gradient of its ${extra} on ${be}, also at ties`,
          be === 'numpy' ? any : fc.oneof(pairs(generic, 8, 2), pairs(coarse, 8, 2)),
          (pair, given) => {
            const params = { ...(extra === 'path' ? hardened(record, given) : given), be };
            const found = answer(record, pair, params, { grad: true, [extra]: true });
            const expected = gradientAlong(record, pair, params, found);
            if (expected === undefined) return; // the share of each move is not known from outside
            const tolerance = be === 'numpy' ? 1e-9 : 2e-4;
            const absolute = tolerance * Math.max(1, largest(expected.s1), largest(expected.s2));
            closeTo(flat(found.gradient?.s1), expected.s1, { absolute }, 'gradient of s1');
            closeTo(flat(found.gradient?.s2), expected.s2, { absolute }, 'gradient of s2');
          },
          { numRuns: runs(be === 'numpy' ? 100 : 30), least: be === 'numpy' ? 0.01 : 0.5 },
        );
      }
    }

    if (gives.includes('alignment')) {
      law(
        'has an alignment of shares: 1 at both ends, none outside the band, on every anti-diagonal at most 1',
        any,
        (pair, params) => {
          const { alignment = [] } = answer(record, pair, params, { alignment: true });
          const band = bandFor(record, pair, params);
          const [n, m] = lengthsFor(record, pair);
          assert.deepEqual([alignment.length, alignment[0]?.length], [n, m]);
          const diagonals = new Array<number>(n + m).fill(0);
          for (const [i, row] of alignment.entries()) {
            for (const [j, share] of row.entries()) {
              assert.ok(share >= 0);
              if (band && (j < band.lo[i] || j > band.hi[i])) assert.equal(share, 0);
              diagonals[i + j] += share;
            }
          }
          closeTo([alignment[0]?.[0], alignment[n - 1]?.[m - 1]], [1, 1], { absolute: 1e-9 });
          for (const total of diagonals) assert.ok(total <= 1 + 1e-9);
        },
      );
    }

    if (backends.length > 1) {
      law(
        'is the same on all backends, and so is its gradient',
        fc.oneof(pairs(generic, 8, 2), pairs(coarse, 8, 2)),
        (pair, given) => {
          const wanted = { grad: gives.includes('grad') };
          const params = { ...given, be: 'numpy' };
          const exact = answer(record, pair, params, wanted);
          const terms = 1 + largest([pair.s1, pair.s2]) ** 2 * (pair.s1.length + pair.s2.length);
          for (const be of backends.slice(1)) {
            for (const compute_with_backend of [true, false]) {
              const rough = answer(record, pair, { ...given, be, compute_with_backend }, wanted);
              closeTo(rough.value, exact.value, { relative: 1e-5, absolute: 1e-6 * terms });
              for (const s of ['s1', 's2'] as const) {
                if (!exact.gradient) continue;
                assert.ok(Number.isFinite(largest(rough.gradient?.[s] ?? Number.NaN)));
                if (!samePath(record, pair, given, be)) continue;
                const absolute = 2e-4 * Math.max(1, largest([exact.gradient.s1, exact.gradient.s2 as Numbers]));
                closeTo(
                  rough.gradient?.[s],
                  exact.gradient[s] as Numbers,
                  { absolute },
                  `gradient of ${s}, ${be} ${compute_with_backend}`,
                );
              }
            }
          }
        },
        { numRuns: runs(40), least: 0.5 },
      );
    }
  });
}

function assertForward(path: readonly [number, number][]): void {
  for (const [k, [i, j]] of path.slice(1).entries()) {
    const [a, b] = path[k] as [number, number];
    assert.ok(a < i && b < j, `pair ${k + 1} does not go forward in both series`);
  }
}

/** Series of equal length, for a metric that requires it. */
function cutToEqual({ s1, s2 }: PairOfSeries): PairOfSeries {
  const length = Math.min(s1.length, s2.length);
  return { s1: s1.slice(0, length) as number[], s2: s2.slice(0, length) as number[] };
}

function assertSteps(path: readonly [number, number][], [n, m]: [number, number]): void {
  assert.deepEqual(path[0], [0, 0]);
  assert.deepEqual(path.at(-1), [n - 1, m - 1]);
  for (const [k, [i, j]] of path.slice(1).entries()) {
    const [a, b] = path[k] as [number, number];
    const step = `${i - a} ${j - b}`;
    assert.ok(['1 1', '1 0', '0 1'].includes(step), `step ${k} is ${step}`);
  }
}

/** tslearn's Itakura band rounds to two decimals, so that the band of (m, n) is not always the transposed one of (n, m). */
function sameBandReversed(record: MetricRecord, { s1, s2 }: PairOfSeries, params: Params): boolean {
  const there = bandFor(record, { s1, s2 }, params);
  const back = bandFor(record, { s1: s2, s2: s1 }, params);
  if (!there || !back) return there === back;
  for (const [i, lo] of there.lo.entries()) {
    for (let j = 0; j < back.lo.length; j++) {
      const inside = lo <= j && j <= there.hi[i];
      if (inside !== (back.lo[j] <= i && i <= back.hi[j])) return false;
    }
  }
  return true;
}

/** At ties float32 may round to another path, which has another gradient. */
function samePath(record: MetricRecord, { s1, s2 }: PairOfSeries, params: Params, be: BackendName): boolean {
  const pathOn = (name: BackendName) => evaluate(record, s1, s2, { ...params, be: name }, { path: true }).path;
  try {
    return JSON.stringify(pathOn('numpy')) === JSON.stringify(pathOn(be));
  } catch (error) {
    // A soft minimum has no ties. Channels with a path each may have some.
    return error instanceof InvalidInput && ['gamma', 'path'].includes(String(error.path[0]));
  }
}

const flat = (numbers: number[] | number[][] = []): number[] => (numbers as (number | number[])[]).flat();

/** The pair with entry `at` (in row-major order) of one series moved by h. */
function moved(pair: PairOfSeries, s: 's1' | 's2', at: number, h: number): PairOfSeries {
  let k = 0;
  const move = (x: unknown): unknown => (Array.isArray(x) ? x.map(move) : (x as number) + (k++ === at ? h : 0));
  return { ...pair, [s]: move(pair[s]) };
}

const missingRow = (series: number[] | number[][]) => (Array.isArray(series[0]) ? series[0].map(() => null) : null);

const withPadding = (series: number[] | number[][], steps: number) =>
  [...series, ...Array.from({ length: steps }, () => missingRow(series))] as number[];

const zeros = (series: number[] | number[][], steps: number) =>
  Array.from({ length: steps }, () => (Array.isArray(series[0]) ? series[0].map(() => 0) : 0));
