import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist } from '../../../src/core/index.ts';
import {
  type Band,
  type BatchSteps,
  batchFor,
  kernelFor,
  LANES,
  type Moves,
  matchCounter,
  type Recurrence,
  twinFor,
} from '../../../src/core/kernels/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { closeTo } from '../../support/close-to.ts';

// A batch computes one query with up to eight candidates at once. Each pair is compared with the wavefront, to the last bit, and with the plain loops.

const never = () => {};
const warp = (more: object = {}): Moves => ({ kind: 'warp', local: { cost: 'sqeuclidean' }, ...more });
const hard =
  (moves: (d: number) => Moves) =>
  (d: number): Recurrence => ({ moves: moves(d), reduce: 'min' });
const soft =
  (moves: (d: number) => Moves, gamma: number) =>
  (d: number): Recurrence => ({ moves: moves(d), reduce: 'softmin', gamma });
const erp = (d: number): Moves => ({ kind: 'erp', g: new Array<number>(d).fill(0.5) });
const msm = (): Moves => ({ kind: 'msm', c: 0.25, independent: true });
const twe = (): Moves => ({ kind: 'twe', nu: 0.125, lmbda: 0.5 });

const recurrences: Record<string, (d: number) => Recurrence> = {
  dtw: hard(() => warp()),
  adtw: hard(() => warp({ penalty: 0.25 })),
  wdtw: hard(() => warp({ g: 0.1 })),
  frechet: () => ({ moves: warp(), reduce: 'minimax' }),
  erp: hard(erp),
  edr: hard(() => ({ kind: 'edr', epsilon: 0.75 })),
  msm: hard((d) => ({ kind: 'msm', c: 0.25, independent: d === 1 })),
  twe: hard(twe),
  'dtw of euclidean costs': hard(() => warp({ local: { cost: 'euclidean' } })),
  'dtw of cityblock costs': hard(() => warp({ local: { cost: 'cityblock' } })),
  'dtw of chebyshev costs': hard(() => warp({ local: { cost: 'chebyshev' } })),
  'frechet of euclidean costs': () => ({ moves: warp({ local: { cost: 'euclidean' } }), reduce: 'minimax' }),
  'soft dtw, gamma 0.01': soft(() => warp(), 0.01),
  'soft dtw, gamma 10': soft(() => warp(), 10),
  'soft adtw': soft(() => warp({ penalty: 0.25 }), 1),
  'soft dtw of distances': soft(() => ({ kind: 'warp', local: { cost: 'euclidean' } }), 0.5),
  'soft dtw of sums of magnitudes': soft(() => ({ kind: 'warp', local: { cost: 'cityblock' } }), 0.5),
  'soft dtw of largest differences': soft(() => ({ kind: 'warp', local: { cost: 'chebyshev' } }), 0.5),
  'soft wdtw': soft(() => warp({ g: 0.1 }), 0.1),
  'soft erp, gamma 0.01': soft(erp, 0.01),
  'soft erp, gamma 1': soft(erp, 1),
  'soft msm, gamma 0.01': soft(msm, 0.01),
  'soft msm, gamma 1': soft(msm, 1),
  'soft twe, gamma 0.01': soft(twe, 0.01),
  'soft twe, gamma 1': soft(twe, 1),
  'global alignment kernel': soft(() => ({ kind: 'warp', local: { cost: 'gak', sigma: 2 } }), 1),
};

/** A series of n steps of d values: of small integers, where ties abound, or of any numbers. */
function steps(n: number, d: number, seed: number, integers: boolean): BatchSteps {
  let state = seed | 1;
  const next = () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
    const unit = (state >>> 0) / 2 ** 32 - 0.5;
    return integers ? Math.round(unit * 6) : unit * 10;
  };
  return { data: Float64Array.from({ length: n * d }, next), n, d, epsilon: 0.75 };
}

const length = fc.integer({ min: 1, max: 300 });
const short = fc.integer({ min: 1, max: 40 });
const cases = fc
  .record({
    d: fc.constantFrom(1, 1, 2, 3, 4),
    constraint: fc.constantFrom('none', 'none', 'sakoe_chiba', 'itakura'),
    radius: fc.integer({ min: 0, max: 30 }),
    queries: fc.array(fc.oneof(short, length), { minLength: 1, maxLength: 3 }),
    candidates: fc.array(fc.oneof(short, length), { minLength: 1, maxLength: LANES }),
    alike: fc.boolean(),
    seed: fc.integer(),
    integers: fc.boolean(),
  })
  .map(({ d, constraint, radius, queries, candidates, alike, seed, integers }) => {
    const lengths = alike ? candidates.map(() => candidates[0] as number) : candidates;
    const bandOf = (n: number, m: number): Band | undefined => {
      if (constraint === 'none') return undefined;
      if (constraint === 'sakoe_chiba') return sakoeChibaBand(n, m, radius);
      try {
        return itakuraBand(n, m, 2 + radius);
      } catch {
        // No parallelogram contains a path.
        return sakoeChibaBand(n, m, radius);
      }
    };
    return {
      d,
      bandOf,
      queries: queries.map((n, at) => steps(n, d, seed + at, integers)),
      own: candidates.map((_, at) => steps(queries[0] as number, d, seed + 100 + at, integers)),
      candidates: lengths.map((m, at) => steps(m, d, seed + 10 + at, integers)),
    };
  });

for (const [name, of] of Object.entries(recurrences)) {
  describe(`a batch of ${name}`, () => {
    it('has the values of the wavefront, to the last bit, and those of the loops that define them', () => {
      let compared = 0;
      fc.assert(
        fc.property(cases, ({ d, bandOf, queries, candidates }) => {
          const recurrence = of(d);
          const batch = batchFor(recurrence, d);
          if (batch === undefined) return;
          const which = queries.map((_, at) => at).reverse();
          batch.open(queries);
          const found = batch.block(which, candidates, bandOf, never).slice();
          const kernel = kernelFor(recurrence, d);
          const twin = twinFor(recurrence);
          for (const [r, q] of which.entries()) {
            const { data: s1, n } = queries[q] as BatchSteps;
            for (const [l, { data: s2, n: m }] of candidates.entries()) {
              const value = found[LANES * r + l] as number;
              // It says itself which pairs it is not for: those of a soft minimum that have a single path.
              if (Number.isNaN(value) && recurrence.reduce === 'softmin') continue;
              const pair = { s1, s2, n, m, d };
              assert.equal(value, kernel.value(pair, bandOf(n, m), never));
              compared++;
              // The first of each block: the loops are slow.
              if (l > 0 && n * m > 1000) continue;
              const wanted = twin.value(pair, bandOf(n, m), never);
              const isSoft = recurrence.reduce === 'softmin';
              const scale = isSoft ? recurrence.gamma * (n + m) : 1;
              closeTo(value, wanted, { relative: isSoft ? 1e-10 : 1e-12, absolute: 1e-12 * scale });
            }
          }
        }),
        { numRuns: 80 },
      );
      assert.ok(compared > 100, `only ${compared} pairs were compared`);
    });
  });
}

describe('a batch of pairs that have no series in common', () => {
  for (const [name, of] of Object.entries(recurrences)) {
    it(`has the values of the wavefront, to the last bit: ${name}`, () => {
      let compared = 0;
      fc.assert(
        fc.property(cases, ({ d, bandOf, own, candidates }) => {
          const batch = batchFor(of(d), d);
          if (batch === undefined) return;
          const n = own[0]?.n as number;
          const found = batch.pairs(own, candidates, bandOf, never).slice();
          const kernel = kernelFor(of(d), d);
          for (const [l, { data: s2, n: m }] of candidates.entries()) {
            if (Number.isNaN(found[l])) continue;
            const { data: s1 } = own[l] as BatchSteps;
            assert.equal(found[l], kernel.value({ s1, s2, n, m, d }, bandOf(n, m), never));
            compared++;
          }
        }),
        { numRuns: 80 },
      );
      assert.ok(compared > 50, `only ${compared} pairs were compared`);
    });
  }
});

describe('batches', () => {
  const dtw: Recurrence = { moves: warp(), reduce: 'min' };

  const edr: Recurrence = { moves: { kind: 'edr', epsilon: 0.5 }, reduce: 'min' };
  for (const [name, batch] of Object.entries({
    dtw: batchFor(dtw, 1),
    edr: batchFor(edr, 1),
    lcss: matchCounter({ cost: 'euclidean' }, 1, 1),
  })) {
    it(`can be stopped in the middle of a query, and serve the next one: ${name}`, () => {
      const long = { data: new Float64Array(6000), n: 6000, d: 1 };
      let polls = 0;
      batch?.open([long]);
      const stop = () => {
        polls++;
        if (polls === 3) throw new Error('stopped');
      };
      assert.throws(() => batch?.block([0], [long], () => undefined, stop), /stopped/);
      const ones = { data: new Float64Array(50).fill(1), n: 50, d: 1 };
      batch?.open([{ data: new Float64Array(50), n: 50, d: 1 }]);
      assert.equal(batch?.block([0], [ones], () => undefined, never)[0], 50);
    });
  }

  it('of msm have the values of the loops, whatever the scale and the offset of the series', () => {
    const scale = fc.constantFrom(1e-300, 1e-9, 1, 1e9, 1e150, 1e300);
    fc.assert(
      fc.property(
        scale,
        fc.constantFrom(0, 1, 1e6),
        fc.constantFrom(0, 0.1, 30),
        fc.integer(),
        (by, offset, c, seed) => {
          const all = [3, 40, 41, 90].map((n, at) => {
            const { data, ...rest } = steps(n, 1, seed + at, false);
            return { ...rest, data: data.map((x) => by * (x + offset)) };
          });
          const recurrence: Recurrence = { moves: { kind: 'msm', c: by * c, independent: true }, reduce: 'min' };
          const batch = batchFor(recurrence, 1);
          batch?.open(all);
          const found = batch?.block([0, 1, 2, 3], all, () => undefined, never).slice() as Float64Array;
          for (const [r, { data: s1, n }] of all.entries()) {
            for (const [l, { data: s2, n: m }] of all.entries()) {
              const wanted = twinFor(recurrence).value({ s1, s2, n, m, d: 1 }, undefined, never);
              closeTo(found[LANES * r + l] as number, wanted, { relative: 1e-12 });
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of edr leave out pairs whose counts 16 bits cannot hold, and only these', () => {
    const ones = (n: number) => ({ data: new Float64Array(n).fill(1), n, d: 1, epsilon: 0.5 });
    const zeros = (n: number) => ({ data: new Float64Array(n), n, d: 1, epsilon: 0.5 });
    const batch = batchFor(edr, 1);
    batch?.open([zeros(10), zeros(11)]);
    const whole = batch?.block([0], [ones(32_756), ones(32_755)], () => undefined, never).slice(0, 2);
    assert.deepEqual(Array.from(whole as Float64Array), [32_756, 32_755]);
    assert.ok(Number.isNaN(batch?.block([1], [ones(32_756)], () => undefined, never)[0]));
    const flat = (n: number, x: number) => new Array<number>(n).fill(x);
    const { matrix } = cdist('edr', new Array(8).fill(flat(11, 0)), new Array(8).fill(flat(32_760, 1)), {
      epsilon: 0.5,
    });
    assert.deepEqual(matrix[7], flat(8, 1));
  });

  it('are not disturbed by what is left behind in memory', () => {
    for (const [name, of] of Object.entries(recurrences)) {
      for (const d of [1, 2]) {
        const batch = batchFor(of(d), d);
        if (batch === undefined) continue;
        const all = [7, 30, 12].map((n, at) => steps(n, d, at, false));
        const solve = () => {
          batch.open(all);
          return batch.block([0, 1, 2], all, () => undefined, never).slice();
        };
        const before = solve();
        const nan = { data: new Float64Array(300 * d).fill(Number.NaN), n: 300, d };
        batch.open([nan]);
        batch.block([0], new Array(LANES).fill(nan), () => undefined, never);
        const after = solve();
        for (let r = 0; r < 3; r++) {
          const row = (from: Float64Array) => Array.from(from.subarray(LANES * r, LANES * r + 3));
          assert.deepEqual(row(after), row(before), `${name}, d = ${d}`);
        }
      }
    }
  });
});
