import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pairPrice } from '../../../src/core/engines/cost.ts';
import { evaluate } from '../../../src/core/index.ts';
import type { BackendName } from '../../../src/core/input/arrays/backend-of.ts';
import { type Dataset, readDataset } from '../../../src/core/input/dataset.ts';
import type { Series } from '../../../src/core/input/series.ts';
import { bandCells, type Constraint, constraintBand } from '../../../src/core/metric/band.ts';
import { readParams } from '../../../src/core/metric/params.ts';
import type { MetricRecord } from '../../../src/core/metric/record.ts';
import { metricRecord, metrics } from '../../../src/core/metrics/registry.ts';
import { bandwidthPrice } from '../../../src/core/operations/bandwidth.ts';
import { barycenterPrice } from '../../../src/core/operations/barycenter/barycenter.ts';
import { gradientOptions, pathOptions } from '../../../src/core/operations/barycenter/options.ts';
import { cdistPrice } from '../../../src/core/operations/cdist.ts';
import { neighborsPrice } from '../../../src/core/operations/neighbors/neighbors.ts';
import { subsequencePrice } from '../../../src/core/operations/subsequence/search.ts';

/** A price looks at shapes, never at values. */
const shape = (n: number, d = 1): Series => ({ data: new Float64Array(n * d), n, d, sz: n, ndim: 2 });

const price = (
  record: MetricRecord,
  n: number,
  m: number,
  d: number,
  given = {},
  wanted = {},
  be: BackendName = 'numpy',
) => pairPrice(record, readParams(record, given), be, wanted, shape(n, d), shape(m, d)).cells;

/** Everything that can be asked of a metric for a pair. */
const asked = metrics.flatMap((record) =>
  record.backends.flatMap((be) =>
    [{}, ...record.gives.map((extra) => ({ [extra]: true }))].map((wanted) => ({ record, be, wanted })),
  ),
);

const length = fc.integer({ min: 3, max: 3000 });
const width = fc.integer({ min: 1, max: 40 });

describe('the price of a pair', () => {
  for (const record of metrics) {
    it(`of ${record.name} grows with n, m and d, whatever is asked for, on every backend`, () => {
      fc.assert(
        fc.property(length, length, width, fc.nat(500), fc.nat(20), (n, m, d, longer, wider) => {
          for (const { be, wanted } of asked.filter((one) => one.record === record)) {
            const other = record.equalLengths ? n : m;
            const least = price(record, n, other, d, {}, wanted, be);
            assert.ok(least > 0 && Number.isSafeInteger(least));
            assert.ok(price(record, n, other, d + wider, {}, wanted, be) >= least);
            const both = record.equalLengths ? longer : 0;
            assert.ok(price(record, n + longer, other + both, d, {}, wanted, be) >= least);
            assert.ok(price(record, n, other + longer, d, {}, wanted, be) >= least);
          }
        }),
        { numRuns: 30 },
      );
    });
  }

  it('is the same for both orders of the series, where the metric is symmetric', () => {
    fc.assert(
      fc.property(length, length, width, (n, m, d) => {
        for (const { record, be, wanted } of asked) {
          if (!record.laws.includes('symmetric') || record.equalLengths) continue;
          assert.equal(price(record, n, m, d, {}, wanted, be), price(record, m, n, d, {}, wanted, be), record.name);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('grows with the band, and never above that of no band', () => {
    for (const record of metrics.filter(({ params }) => 'sakoe_chiba_radius' in params.shape)) {
      const whole = price(record, 900, 1000, 2);
      let before = 0;
      for (const sakoe_chiba_radius of [0, 1, 2, 10, 100, 500, 5000]) {
        const cells = price(record, 900, 1000, 2, { sakoe_chiba_radius });
        assert.ok(cells >= before && cells <= whole, `${record.name} ${sakoe_chiba_radius}`);
        before = cells;
      }
      assert.equal(before, whole);
      const slopes = [1.5, 2, 4, 1000].map((itakura_max_slope) => price(record, 900, 1000, 2, { itakura_max_slope }));
      assert.deepEqual(
        [...slopes].sort((a, b) => a - b),
        slopes,
      );
      assert.ok((slopes.at(-1) as number) <= whole);
    }
  });

  it('grows with what else decides the work', () => {
    for (const [name, parameter, values] of [
      ['ctw', 'max_iter', [1, 10, 100]],
      ['dtw-limited-warping-length', 'max_length', [100, 150, 199]],
      ['shape-dtw', 'reach', [0, 5, 500]],
      ['shift-scale-invariant', 'max_shift', [0, 10, 99]],
      ['sax', 'n_segments', [2, 50, 100]],
      ['sax', 'alphabet_size_avg', [2, 10, 1000]],
    ] as const) {
      const cells = values.map((value) => price(metricRecord(name), 100, 100, 2, { [parameter]: value }));
      assert.deepEqual(
        [...cells].sort((a, b) => a - b),
        cells,
        name,
      );
      assert.ok(cells[0] < cells[2], name);
    }
  });

  it('is higher for a gradient, a soft minimum, loops without SIMD, and tfjs', () => {
    const dtw = metricRecord('dtw');
    const plain = price(dtw, 500, 500, 3);
    assert.ok(price(dtw, 500, 500, 3, {}, { grad: true }) > plain);
    assert.ok(price(metricRecord('soft-dtw'), 500, 500, 3) > plain);
    assert.ok(price(dtw, 500, 500, 3, { metric: 'cosine' }) > plain);
    assert.ok(price(dtw, 500, 500, 3, {}, {}, 'tfjs') > 10 * plain);
  });

  it('counts the tables that are kept in memory', () => {
    const bytes = (name: string, wanted: object) => {
      const record = metricRecord(name);
      return pairPrice(record, readParams(record, {}), 'numpy', wanted, shape(1000), shape(1000)).bytes;
    };
    assert.equal(bytes('dtw', { path: true }), 0);
    assert.ok(bytes('soft-dtw', { alignment: true }) >= 8e6);
    // A byte for each of the 1000 lengths that paths to a cell can have; for a value alone, two rows of numbers.
    assert.ok(bytes('dtw-limited-warping-length', { path: true }) >= 1e9);
    assert.ok(bytes('dtw-limited-warping-length', {}) >= 1.6e7);
  });

  it('counts the whole table of lcss for a path in a band, as it is kept', () => {
    const lcss = metricRecord('lcss');
    const narrow = { sakoe_chiba_radius: 2 };
    assert.ok(price(lcss, 3000, 3000, 1, narrow, { path: true }) >= 3000 * 3000);
    assert.ok(price(lcss, 3000, 3000, 1, narrow) < 3000 * 100);
  });

  it('counts of a short series beside a long one no more lengths of paths than there are', () => {
    const limited = metricRecord('dtw-limited-warping-length');
    assert.ok(price(limited, 1, 100_000, 1) < 100 * 100_000);
    const { value, path } = evaluate('dtw-limited-warping-length', [2], new Array(50_000).fill(3), {}, { path: true });
    assert.deepEqual([value, path?.length, path?.at(-1)], [Math.sqrt(50_000), 50_000, [0, 49_999]]);
  });
});

describe('the cells of a band, without making it', () => {
  const counted = (n: number, m: number, constraint: Constraint) => {
    const band = constraintBand(n, m, constraint);
    if (band === undefined) return n * m;
    return band.lo.reduce((sum, lo, i) => sum + band.hi[i] - lo + 1, 0);
  };
  const none = { global_constraint: null, sakoe_chiba_radius: null, itakura_max_slope: null };
  const size = fc.integer({ min: 1, max: 80 });

  it('are those of the band of Sakoe and Chiba', () => {
    fc.assert(
      fc.property(size, size, fc.nat(90), (n, m, sakoe_chiba_radius) => {
        const constraint = { ...none, sakoe_chiba_radius };
        assert.equal(bandCells(n, m, constraint), counted(n, m, constraint));
      }),
    );
  });

  it('are no fewer than those of Itakura, and at most a few for each step more', () => {
    fc.assert(
      fc.property(size, size, fc.double({ min: 1.2, max: 20, noNaN: true }), (n, m, itakura_max_slope) => {
        const constraint = { ...none, itakura_max_slope };
        let exact: number;
        try {
          exact = counted(n, m, constraint);
        } catch {
          return; // infeasible
        }
        const cells = bandCells(n, m, constraint);
        assert.ok(cells >= exact - (n + m) && cells <= exact + 3 * (n + m), `${cells} for ${exact}`);
      }),
    );
  });
});

describe('the price of many pairs', () => {
  const dtw = metricRecord('dtw');
  const lengthsOf = (lengths: readonly number[], d = 1): Dataset => ({
    data: new Float64Array(0),
    starts: new Int32Array(lengths.length),
    lengths: Int32Array.from(lengths),
    d,
  });

  it('of a matrix is the sum of theirs, self or not', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lengths, lengths, fc.constantFrom('dtw', 'soft-dtw', 'msm', 'ctw'), (one, two, name) => {
        const record = metricRecord(name);
        const params = readParams(record, {});
        const [dataset1, dataset2] = [lengthsOf(one), lengthsOf(two)];
        const cross = cdistPrice(record, { dataset1, dataset2, params, be: 'numpy' });
        const sum = (pairs: number[][]) =>
          pairs.reduce((all, [n, m]) => all + price(record, n as number, m as number, 1), 0);
        assert.equal(cross.cells, sum(one.flatMap((n) => two.map((m) => [n, m]))));
        const self = cdistPrice(record, { dataset1, dataset2: undefined, params, be: 'numpy' });
        const symmetric = record.laws.includes('symmetric');
        const known = record.laws.some(
          (law) => law === 'zero on equal series' || (law === 'zero on equal series when hard' && !params.gamma),
        )
          ? 1
          : 0;
        const pairs = one.flatMap((n, k) => one.slice(symmetric ? k + known : 0).map((m) => [n, m]));
        assert.equal(self.cells, sum(pairs));
        assert.equal(self.numbers, one.length * one.length);
      }),
    );
  });

  it('of 1000 x 1000 series in a band of radius 2 is that of their bands', () => {
    const dataset1 = lengthsOf(new Array(1000).fill(1000));
    const of = (given: object) =>
      cdistPrice(dtw, { dataset1, dataset2: undefined, params: readParams(dtw, given), be: 'numpy' }).cells;
    assert.ok(of({ sakoe_chiba_radius: 2 }) < of({}) / 20);
  });

  it('takes a moment for 20,000 series of 20,000 different lengths', () => {
    const dataset1 = lengthsOf(Array.from({ length: 20_000 }, (_, k) => k + 1));
    const started = performance.now();
    const { cells } = cdistPrice(dtw, { dataset1, dataset2: undefined, params: readParams(dtw, {}), be: 'numpy' });
    assert.ok(performance.now() - started < 100);
    const exact = (1.25 * ((20_000 * 20_001) / 2) ** 2) / 2;
    assert.ok(Math.abs(cells / exact - 1) < 0.01, `${cells / exact}`);
  });

  it('of neighbours grows with queries, candidates and k', () => {
    const of = (queries: number, candidates: number, k: number) => {
      const found = neighborsPrice(dtw, {
        queries: lengthsOf(new Array(queries).fill(20)),
        candidates: lengthsOf(new Array(candidates).fill(30)),
        k,
        params: readParams(dtw, {}),
        be: 'numpy',
      });
      return found.cells + found.numbers;
    };
    assert.ok(of(2, 10, 1) > of(1, 10, 1));
    assert.ok(of(1, 11, 1) > of(1, 10, 1));
    assert.ok(of(1, 10, 5) > of(1, 10, 1));
  });
});

describe('the price of what only some metrics have an operation for', () => {
  it('of a subsequence grows with k, as long as there is room for more matches', () => {
    const of = (k: number, radius?: number) =>
      subsequencePrice({ query: shape(20), series: shape(5000), k, radius, wanted: {} }).cells;
    for (const radius of [undefined, 3]) {
      assert.ok(of(2, radius) > of(1, radius));
      assert.ok(of(100, radius) > of(2, radius));
      assert.equal(of(1e9, radius), of(1e8, radius));
    }
    assert.ok(of(1, 5) > of(1, 4));
  });

  it('of a barycenter grows with max_iter and the size', () => {
    const dataset = readDataset([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
    for (const [metric, shapeOf] of [
      ['dtw', pathOptions],
      ['soft-dtw', gradientOptions],
    ] as const) {
      const of = (given: object) => {
        const fallback = Object.fromEntries(
          Object.entries(shapeOf).map(([key, field]) => [key, field.parse(undefined)]),
        );
        const options = { ...fallback, ...given } as Parameters<typeof barycenterPrice>[0]['options'];
        return barycenterPrice({
          metric,
          dataset,
          init: undefined,
          options,
          params: readParams(metricRecord(metric), {}),
        }).cells;
      };
      assert.ok(of({ max_iter: 20 }) > of({ max_iter: 10 }));
      assert.ok(of({ barycenter_size: 40 }) > of({ barycenter_size: 10 }));
    }
  });

  it('of a bandwidth grows with n_samples and d, and counts the distances that are kept', () => {
    const of = (n_samples: number, d: number) => bandwidthPrice({ d } as Dataset, { n_samples, random_state: 0 });
    assert.ok(of(200, 1).cells > of(100, 1).cells);
    assert.ok(of(100, 9).cells > of(100, 1).cells);
    assert.ok(of(100_000, 1).bytes > 3e10);
  });
});
