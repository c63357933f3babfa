import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, InvalidInput, type MetricRecord, metrics, neighbors } from '../../../src/core/index.ts';
import { coarse, constraints, generic, paramsOf } from '../../support/arbitraries.ts';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261123) });
const runs = (count: number): number => count * Number(process.env.FC_RUNS ?? 1);

interface Sets {
  readonly queries: number[][][];
  readonly candidates: number[][][];
  readonly k: number;
}

const list = (value: fc.Arbitrary<number>, d: number, least: number, maxLength: number, most: number) =>
  fc.array(fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: least, maxLength, size: 'max' }), {
    minLength: 1,
    maxLength: most,
    size: 'max',
  });

/** Few values, so that equal distances are everywhere, or continuous ones. */
const sets = (most: number, maxLength = 9): fc.Arbitrary<Sets> =>
  fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(coarse, generic))
    .chain(([d, value]) => fc.tuple(list(value, d, 3, maxLength, 3), list(value, d, 3, maxLength, most)))
    .chain(([queries, candidates]) =>
      fc.record({
        queries: fc.constant(queries),
        candidates: fc.constant(candidates),
        k: fc.integer({ min: 1, max: candidates.length }),
      }),
    );

/** The result of sorting all values; undefined if a pair does not fit the parameters. */
function byBruteForce(record: MetricRecord, { queries, candidates, k }: Sets, params: Record<string, unknown>) {
  const { matrix } = cdist(record, queries, candidates, params);
  const sign = record.similarity ? -1 : 1;
  const indices = matrix.map((row) => {
    const at = (l: number): number => row[l] as number;
    return row
      .map((_, l) => l)
      .sort((a, b) => sign * (at(a) - at(b)) || a - b)
      .slice(0, k);
  });
  return { indices, values: indices.map((row, q) => row.map((l) => (matrix[q] as number[])[l])) };
}

function holds(record: MetricRecord, given: Sets, params: Record<string, unknown>): number {
  try {
    const { indices, values, pruned, computed } = neighbors(record, given.queries, given.candidates, {
      ...params,
      k: given.k,
    });
    assert.deepEqual({ indices, values }, byBruteForce(record, given, params));
    assert.equal(pruned + computed, given.queries.length * given.candidates.length);
    return pruned;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    assert.throws(() => byBruteForce(record, given, params), { code: error.code });
    return 0;
  }
}

describe('neighbors', () => {
  for (const record of metrics) {
    it(`finds the same as sorting all values for ${record.name}`, () => {
      fc.assert(
        fc.property(sets(6), paramsOf(record), (given, params) => {
          holds(record, given, params);
        }),
        { numRuns: runs(30) },
      );
    });
  }

  it('skips no candidate that is as near as one of the nearest, under any constraint', () => {
    const dtw = metrics.find(({ name }) => name === 'dtw') as MetricRecord;
    let pruned = 0;
    fc.assert(
      fc.property(sets(12, 14), constraints, (given, params) => {
        pruned += holds(dtw, given, params);
      }),
      { numRuns: runs(400) },
    );
    assert.ok(pruned > 100, `only ${pruned} pairs were pruned, so little was tested`);
  });

  it('does not give up a long pair that is as near as one of the nearest', () => {
    for (const name of ['dtw', 'adtw']) {
      const record = metrics.find((one) => one.name === name) as MetricRecord;
      let pruned = 0;
      fc.assert(
        fc.property(sets(8, 90), constraints, (given, params) => {
          pruned += holds(record, given, params);
        }),
        { numRuns: runs(400) },
      );
      assert.ok(pruned > 100, `only ${pruned} pairs were pruned, so little was tested`);
    }
  });

  it('finds the same where bounds and values of eight candidates are computed at once', () => {
    const lists = (count: number, n: number, d: number, value: fc.Arbitrary<number>) =>
      fc.array(fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }), {
        minLength: count,
        maxLength: count,
      });
    const many = fc
      .record({
        n: fc.integer({ min: 1, max: 12 }),
        m: fc.integer({ min: 1, max: 12 }),
        d: fc.constantFrom(1, 1, 2),
        count: fc.integer({ min: 9, max: 40 }),
        k: fc.integer({ min: 1, max: 9 }),
        value: fc.constantFrom(coarse, generic),
      })
      .chain(({ n, m, d, count, k, value }) =>
        fc.record({ queries: lists(3, n, d, value), candidates: lists(count, m, d, value), k: fc.constant(k) }),
      );
    for (const name of ['dtw', 'adtw']) {
      const record = metrics.find((one) => one.name === name) as MetricRecord;
      let pruned = 0;
      fc.assert(
        fc.property(many, constraints, (given, params) => {
          pruned += holds(record, given, params);
        }),
        { numRuns: runs(150) },
      );
      assert.ok(pruned > 1000, `only ${pruned} pairs were pruned, so little was tested`);
    }
  });

  it('finds the same among more candidates than are kept in memory at once', () => {
    // A walk that comes back: shifted along and up by a little, so that many are near.
    const walk = (seed: number, n: number) =>
      Array.from(
        { length: n },
        (_, i) => Math.sin(i / (20 + (seed % 7))) + Math.sin(seed * i * i) / 5 + (seed % 11) / 50,
      );
    const dtw = metrics.find(({ name }) => name === 'dtw') as MetricRecord;
    const queries = [walk(1, 900), walk(2, 300), walk(3, 900)].map((one) => one.map((x) => [x]));
    const candidates = Array.from({ length: 1200 }, (_, l) => walk(l + 10, l % 3 ? 900 : 880).map((x) => [x]));
    for (const params of [{ sakoe_chiba_radius: 3 }, {}])
      assert.ok(
        holds(
          dtw,
          { queries: 'sakoe_chiba_radius' in params ? queries : queries.slice(1, 2), candidates, k: 9 },
          params,
        ) > 500,
      );
  });

  it('points at the first pair that no path of a band fits', () => {
    const [short, long] = [new Array<number>(4).fill(1), new Array<number>(9).fill(1)];
    assert.throws(
      () => neighbors('dtw', [long, short, long], [long, [...long, 2], long, short], { itakura_max_slope: 1.3 }),
      (error: unknown) => {
        assert.ok(error instanceof InvalidInput);
        assert.equal(error.code, 'infeasible_constraint');
        assert.match(error.message, /queries\/0 .*candidates\/3/);
        return true;
      },
    );
  });

  it('breaks ties by lower index', () => {
    const { indices } = neighbors('dtw', [[0, 0]], [[1], [0], [0, 0, 0], [0]], { k: 3 });
    assert.deepEqual(indices, [[1, 2, 3]]);
  });

  it('takes the largest value of a similarity as the nearest', () => {
    const found = neighbors(
      'gak',
      [[1, 2, 3]],
      [
        [9, 9],
        [1, 2, 3],
        [1, 2, 4],
      ],
      { k: 2 },
    );
    assert.deepEqual(found.indices, [[1, 2]]);
    assert.equal((found.values[0] as number[])[0], 1);
  });

  it('rejects a k that is not between 1 and the number of candidates', () => {
    for (const k of [0, 3, 1.5]) {
      assert.throws(() => neighbors('dtw', [[1]], [[1], [2]], { k }), { name: 'InvalidInput', path: ['k'] });
    }
  });
});
