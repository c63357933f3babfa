import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, evaluate, InvalidInput, metricRecord, metrics } from '../../../src/core/index.ts';
import { readDataset } from '../../../src/core/input/dataset.ts';
import { releaseKernels } from '../../../src/core/kernels/index.ts';
import { readParams } from '../../../src/core/metric/params.ts';
import { cdistPieces, cdistPrice, computePiece, orderOf } from '../../../src/core/operations/cdist.ts';
import type { CdistProblem } from '../../../src/core/operations/cdist-problem.ts';

// Many pairs are computed together. What a pair has for a value must not depend on that.

/** Series of integers, of one or more values per step, so that nothing is near a tie without being one. */
const dataset = (count: number, lengths: fc.Arbitrary<number>, d: number) =>
  fc.array(
    lengths.chain((n) =>
      fc.array(
        fc.array(
          fc.integer({ min: -20, max: 20 }).map((x) => x / 4),
          { minLength: d, maxLength: d },
        ),
        {
          minLength: n,
          maxLength: n,
        },
      ),
    ),
    { minLength: 1, maxLength: count },
  );

const datasets = fc
  .record({ d: fc.constantFrom(1, 1, 2), equal: fc.boolean(), n: fc.integer({ min: 3, max: 40 }) })
  .chain(({ d, equal, n }) => {
    const lengths = equal ? fc.constant(n) : fc.integer({ min: 3, max: 40 });
    return fc.record({ first: dataset(5, lengths, d), second: fc.option(dataset(21, lengths, d)) });
  });

for (const record of metrics.filter(
  (one) => one.backends.includes('numpy') && !one.equalLengths && !one.mixedFeatures,
)) {
  describe(`the matrix of ${record.name}`, () => {
    it('has the values of single pairs, to the last bit', () => {
      const has = (name: string) => name in record.params.shape;
      const params = fc.record({
        ...(has('sakoe_chiba_radius') && { sakoe_chiba_radius: fc.constantFrom(null, 1, 5) }),
        ...(has('gamma') && { gamma: fc.constantFrom(0, 0.5) }),
      });
      fc.assert(
        fc.property(datasets, params, ({ first, second }, params) => {
          let matrix: number[][];
          const columns = second ?? first;
          try {
            ({ matrix } = cdist(record, first, second, params));
          } catch (error) {
            assert.ok(error instanceof InvalidInput);
            return;
          }
          for (let k = 0; k < first.length; k++) {
            for (let l = second ? 0 : k + 1; l < columns.length; l++) {
              const { value } = evaluate(record, first[k], columns[l], params);
              assert.equal(matrix[k]?.[l], value, `${k}, ${l}`);
            }
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}

describe('a matrix with a pair that has no value', () => {
  const at = (error: unknown) => error instanceof InvalidInput && error.path.join('/');
  const short = (n: number) => Array.from({ length: n }, (_, i) => i % 3);

  it('names the first such pair, whichever pairs are computed together', () => {
    const second = Array.from({ length: 20 }, () => short(9));
    second[17] = short(2);
    second[11] = short(1);
    assert.throws(
      () => cdist('ddtw', [short(9), short(8)], second),
      (error) => at(error) === 'dataset2/11',
    );
    const large = second.map((s) => s.map((x) => x * 1e200));
    assert.throws(
      () => cdist('dtw', [short(9), short(8)], [...large.slice(0, 3).map((s) => s.map(() => 0)), ...large]),
      /here s1 is dataset1\/0 and s2 is dataset2\/3/,
    );
  });
});

describe('a matrix of long series', () => {
  it('takes the memory of one pair at a time, not of eight', () => {
    const steps = 300_000;
    const dataset = Array.from({ length: 8 }, (_, k) =>
      Float64Array.from({ length: steps }, (_, i) => Math.sin(i / 50 + k)),
    );
    releaseKernels();
    cdist('dtw', dataset, undefined, { sakoe_chiba_radius: 1 });
    const bytes = releaseKernels();
    assert.ok(bytes < 16 * 8 * steps, `${bytes} bytes, beyond those that a thread keeps`);
  });
});

describe('a matrix of many series', () => {
  const some = fc
    .record({ equal: fc.boolean(), self: fc.boolean(), seed: fc.nat(), cut: fc.integer({ min: 1, max: 40 }) })
    .map(({ equal, self, seed, cut }) => {
      const one = (k: number) =>
        Array.from({ length: equal ? 9 : 3 + ((7 * k + seed) % 12) }, (_, i) => ((i * i + 5 * k + seed) % 17) / 4);
      const of = (count: number, first: number) => Array.from({ length: count }, (_, k) => one(first + k));
      return { first: of(37, 0), second: self ? undefined : of(21, 40), cut };
    });

  /** Metrics whose batches differ, some of them in a band. */
  const asked = fc
    .constantFrom('dtw', 'soft-dtw', 'soft-dtw-normalized', 'lcss', 'edr', 'erp', 'msm', 'twe', 'wdtw', 'gak')
    .chain((metric) =>
      fc
        .constantFrom({}, { sakoe_chiba_radius: 1 }, { sakoe_chiba_radius: 4 }, { itakura_max_slope: 12 })
        .map((band) => [metric, metric === 'gak' ? {} : band] as const),
    );

  it('has the value of each pair in its place, and in the other half too, whichever pieces it is computed in', () => {
    fc.assert(
      fc.property(some, asked, ({ first, second, cut }, [metric, params]) => {
        const record = metricRecord(metric);
        const { matrix, shape } = cdist(record, first, second, params);
        const problem: CdistProblem = {
          dataset1: readDataset(first, 'dataset1'),
          dataset2: second && readDataset(second, 'dataset2'),
          params: readParams(record, params),
          be: 'numpy',
        };
        const flat = new Float64Array(shape[0] * shape[1]).fill(Number.NaN);
        const { mirrored, skip } = orderOf(record, problem);
        for (let k = 0; mirrored && skip && k < first.length; k++) flat[k * first.length + k] = 0;
        const { cells } = cdistPrice(record, problem);
        for (const piece of cdistPieces(record, problem, cells / cut)) computePiece(record, problem, piece, flat);
        assert.deepEqual(matrix.flat(), Array.from(flat));
        for (const [k, row] of matrix.entries()) {
          for (const [l, value] of row.entries()) {
            const pair = [first[k], (second ?? first)[l]] as const;
            const [s1, s2] = mirrored && l < k ? [pair[1], pair[0]] : pair;
            assert.equal(value, evaluate(record, s1, s2, params).value, `${k}, ${l}`);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
