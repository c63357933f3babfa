import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Band,
  type BothWays,
  candidateParts,
  kernelFor,
  LANES,
  type NearCandidates,
  type Recurrence,
  type SeriesTable,
} from '../../../src/core/kernels/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { transposed } from '../../../src/core/operations/lower-bound/envelope.ts';

// Lower bounds on the last cell of a pair's table, and the sweep that leaves out what is above a limit. Each is compared with the value of the wavefront.

const never = () => {};
const recurrences: Record<string, Recurrence> = {
  dtw: { moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' },
  adtw: { moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, penalty: 0.25 }, reduce: 'min' },
};

type Shape = 'integers' | 'noise' | 'walks' | 'far from 0' | 'like the query';

/** A series of n steps of d values. */
function series(n: number, d: number, seed: number, shape: Shape): Float64Array {
  let state = seed | 1;
  const next = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    return (state >>> 0) / 2 ** 32 - 0.5;
  };
  if (shape === 'integers') return Float64Array.from({ length: n * d }, () => Math.round(next() * 6));
  if (shape === 'far from 0') return Float64Array.from({ length: n * d }, () => 1e9 + next() * 1e-6);
  if (shape === 'like the query')
    return Float64Array.from({ length: n * d }, (_, at) => Math.sin(at / d / 9) + next() / 50);
  if (shape === 'noise') return Float64Array.from({ length: n * d }, () => next() * 10);
  const walk = new Float64Array(n * d);
  for (let at = 0; at < walk.length; at++) walk[at] = (at < d ? 0 : (walk[at - d] as number)) + next();
  return walk;
}

const length = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 300 }));
const cases = fc
  .record({
    d: fc.constantFrom(1, 1, 2, 3),
    constraint: fc.constantFrom('none', 'none', 'sakoe_chiba', 'sakoe_chiba', 'itakura'),
    radius: fc.constantFrom(0, 1, 2, 5, 30),
    shape: fc.constantFrom<Shape[]>('integers', 'noise', 'walks', 'walks', 'far from 0', 'like the query'),
    queries: fc.array(length, { minLength: 1, maxLength: 3 }),
    lengths: fc.array(length, { minLength: 1, maxLength: 3 }),
    counts: fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 3, maxLength: 3 }),
    seed: fc.integer({ min: 0, max: 2 ** 30 }),
    part: fc.double({ min: 0.2, max: 1.2, noNaN: true }),
  })
  .map(({ d, constraint, radius, shape, queries, lengths, counts, seed, part }) => {
    const all = lengths.flatMap((m, at) => new Array<number>(counts[at] as number).fill(m));
    const data = all.map((m, l) => series(m, d, seed + 7 * l, shape));
    const starts = Int32Array.from(data, () => 0);
    for (let l = 1; l < all.length; l++) starts[l] = (starts[l - 1] as number) + (data[l - 1] as Float64Array).length;
    const table = {
      data: Float64Array.from(data.flatMap((one) => [...one])),
      starts,
      lengths: Int32Array.from(all),
      d,
    };
    const bandOf = (n: number, m: number): BothWays | undefined => {
      const rows = bandBetween(constraint, n, m, radius);
      return rows && { rows, columns: transposed(rows, m) };
    };
    return {
      d,
      table,
      bandOf,
      hasBands: constraint !== 'none',
      queries: queries.map((n, q) => ({ data: series(n, d, seed + 1000 + q, shape), n, d })),
      part,
    };
  });

function bandBetween(constraint: string, n: number, m: number, radius: number): Band | undefined {
  if (constraint === 'none') return undefined;
  if (constraint === 'sakoe_chiba') return sakoeChibaBand(n, m, radius);
  try {
    return itakuraBand(n, m, 2 + radius / 4);
  } catch {
    return undefined;
  }
}

const candidate = ({ data, starts, lengths, d }: SeriesTable, l: number): Float64Array => {
  const start = starts[l] as number;
  return data.slice(start, start + (lengths[l] as number) * d);
};

/** Calls back for every query with the candidates, and with the last cell of each pair by position. */
function eachQuery(
  recurrence: Recurrence,
  { d, table, bandOf, hasBands, queries }: typeof cases extends fc.Arbitrary<infer T> ? T : never,
  look: (
    near: NearCandidates,
    query: { data: Float64Array; n: number; d: number },
    lasts: Map<number, number>,
    quick: Float64Array,
  ) => void,
) {
  const longest = Math.max(...queries.map(({ n }) => n));
  const parts = candidateParts(recurrence, table, longest, hasBands);
  assert.ok(parts);
  const kernel = kernelFor(recurrence, d);
  for (let part = 0; part < parts.count; part++) {
    const near = parts.open(part, never);
    try {
      for (const query of queries) {
        const lasts = new Map<number, number>();
        for (let position = 0; position < near.positions; position++) {
          const l = near.placeAt(position);
          if (l < 0) continue;
          const s2 = candidate(table, l);
          const m = s2.length / d;
          assert.equal(near.stepsAt(position), m);
          lasts.set(position, kernel.value({ s1: query.data, s2, n: query.n, m, d }, bandOf(query.n, m)?.rows, never));
        }
        look(near, query, lasts, near.quick(query, bandOf, never).slice());
      }
    } finally {
      near.release();
    }
  }
}

/** Bounds that say nothing, of some positions. */
function among({ positions }: NearCandidates, some: readonly number[]): Float64Array {
  const bounds = new Float64Array(positions).fill(Number.NaN);
  for (const position of some) bounds[position] = 0;
  return bounds;
}

/** What the cheapest way from row i to the end costs, for each row. */
function leastFromRows(s1: Float64Array, s2: Float64Array, d: number, band: Band | undefined): Float64Array {
  const [n, m] = [s1.length / d, s2.length / d];
  const least = new Float64Array(n + 1);
  let below = new Float64Array(m + 1).fill(Infinity);
  below[m] = 0;
  for (let i = n - 1; i >= 0; i--) {
    const row = new Float64Array(m + 1).fill(Infinity);
    for (let j = band ? (band.hi[i] as number) : m - 1; j >= (band ? (band.lo[i] as number) : 0); j--) {
      let cost = 0;
      for (let c = 0; c < d; c++) cost += ((s1[i * d + c] as number) - (s2[j * d + c] as number)) ** 2;
      row[j] = cost + Math.min(below[j + 1] as number, below[j] as number, row[j + 1] as number);
    }
    least[i] = Math.min(...row);
    below = row;
  }
  return least;
}

/** No bound may be larger than what it bounds by more than rounding. */
const SLACK = 1 + 1e-9;

describe('lower bounds of neighbours', () => {
  for (const [name, recurrence] of Object.entries(recurrences)) {
    it(`are never above the last cell: ${name}`, () => {
      let [tight, compared] = [0, 0];
      fc.assert(
        fc.property(cases, (given) => {
          eachQuery(recurrence, given, (near, _query, lasts, quick) => {
            const limit = given.part * Math.max(...lasts.values());
            for (const [position, last] of lasts)
              assert.ok((quick[position] as number) <= last * SLACK, `${quick[position]} is above ${last}`);
            const closer = near.closer(among(near, [...lasts.keys()]), limit, never);
            const left = new Map(closer.map(({ position, bound }) => [position, bound]));
            for (const [position, last] of lasts) {
              const bound = left.get(position);
              if (bound === undefined)
                assert.ok(last * SLACK > limit, `${last} was left out, and the limit is ${limit}`);
              else {
                assert.ok(bound <= limit && bound <= last * SLACK, `${bound} is above ${limit} or ${last}`);
                if (bound > last / 2) tight++;
                compared++;
              }
            }
          });
        }),
        { numRuns: 150 },
      );
      assert.ok(tight > compared / 10, `only ${tight} of ${compared} bounds were more than half of what they bound`);
    });

    it(`on the steps that remain are never above the cheapest way from a row: ${name}`, () => {
      let above = 0;
      fc.assert(
        fc.property(cases, (given) => {
          eachQuery(recurrence, given, (near, query, lasts) => {
            const { d, table, bandOf } = given;
            const all = [...lasts.keys()];
            // Corners are known of those that were looked at closer.
            near.closer(among(near, all.slice(0, 5)), Infinity, never);
            for (const position of all.slice(0, 7)) {
              const s2 = candidate(table, near.placeAt(position));
              const least = leastFromRows(query.data, s2, d, bandOf(query.n, s2.length / d)?.rows);
              const rest = near.rest(position);
              assert.equal(rest.length, query.n + 1);
              for (const [i, bound] of rest.entries()) {
                assert.ok(bound <= (least[i] as number) * SLACK, `${bound} is above ${least[i]} in row ${i}`);
                if (bound > 0) above++;
              }
            }
          });
        }),
        { numRuns: 60 },
      );
      assert.ok(above > 1000, `only ${above} bounds were above 0`);
    });

    it(`leave the exact values of pairs below a limit, and none of the others: ${name}`, () => {
      let [found, given] = [0, 0];
      fc.assert(
        fc.property(cases, (one) => {
          eachQuery(recurrence, one, (near, _query, lasts) => {
            const alike = [...lasts.keys()].filter((position) => near.stepsAt(position) === near.stepsAt(0));
            const limit = one.part * Math.max(...alike.map((position) => lasts.get(position) as number));
            const left = near.closer(among(near, alike), limit, never).map(({ position }) => position);
            for (const some of [left, alike]) {
              const block = some.slice(0, LANES);
              if (block.length === 0) continue;
              for (const [at, last] of near.within(block, limit, never).entries()) {
                const value = lasts.get(block[at] as number) as number;
                given++;
                if (value > limit) assert.ok(last > limit, `${last} is not above ${limit}`);
                else {
                  assert.equal(last, value);
                  found++;
                }
              }
            }
          });
        }),
        { numRuns: 150 },
      );
      assert.ok(found > given / 5 && found < given, `${found} of ${given} were below their limit`);
    });
  }

  it('are never above the last cell because a sum of values far from 0 was rounded', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 72, max: 300 }),
        fc.constantFrom(1, 2),
        fc.integer({ min: 1, max: 2 ** 30 }),
        (n, d, seed) => {
          // The same everywhere but for a small shift: without room to warp, the sums of a few steps differ as much as the steps themselves.
          const shifted = (shift: number) => Float64Array.from(series(n, d, seed, 'walks'), (x) => 1e9 + x + shift);
          const shifts = Array.from({ length: LANES }, (_, l) => (l + 1) * 1.3e-6);
          const data = Float64Array.from(shifts.flatMap((shift) => [...shifted(shift)]));
          const starts = Int32Array.from(shifts, (_, l) => l * n * d);
          const rows = sakoeChibaBand(n, n, 0);
          const given = {
            d,
            table: { data, starts, lengths: Int32Array.from(shifts, () => n), d },
            bandOf: () => ({ rows, columns: rows }),
            hasBands: true,
            queries: [{ data: shifted(0), n, d }],
            part: 1,
          };
          eachQuery(recurrences.dtw as Recurrence, given, (_near, _query, lasts, quick) => {
            for (const [position, last] of lasts) {
              assert.ok((quick[position] as number) <= last * SLACK, `${quick[position]} is above ${last}`);
              if ((quick[position] as number) > last / 10) compared++;
            }
          });
        },
      ),
      { numRuns: 50 },
    );
    assert.ok(compared > 100, `only ${compared} bounds were near what they bound`);
  });
});
