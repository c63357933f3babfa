import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type Band,
  kernelFor,
  type Local,
  type Moves,
  type Pair,
  type Recurrence,
  twinFor,
} from '../../../src/core/kernels/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { closeTo } from '../../support/close-to.ts';

// Every SIMD kernel is compared with its plain TypeScript twin: values, paths with their ties, gradients and alignments.

const never = () => {};
const sqeuclidean: Local = { cost: 'sqeuclidean' };
const moves: Record<string, (d: number) => Moves> = {
  dtw: () => ({ kind: 'warp', local: sqeuclidean }),
  adtw: () => ({ kind: 'warp', local: sqeuclidean, penalty: 0.25 }),
  wdtw: () => ({ kind: 'warp', local: sqeuclidean, g: 0.1 }),
  erp: (d) => ({ kind: 'erp', g: new Array<number>(d).fill(0.5) }),
  edr: () => ({ kind: 'edr', epsilon: 0.75 }),
  msm: (d) => ({ kind: 'msm', c: 0.25, independent: d === 1 }),
  twe: () => ({ kind: 'twe', nu: 0.125, lmbda: 0.5 }),
};

const minima: [string, (d: number) => Recurrence][] = [
  ...Object.entries(moves).map(([name, of]): [string, (d: number) => Recurrence] => [
    name,
    (d) => ({ moves: of(d), reduce: 'min' }),
  ]),
  ...(['euclidean', 'cityblock', 'chebyshev'] as const).map((cost): [string, (d: number) => Recurrence] => [
    `dtw of ${cost} costs`,
    () => ({ moves: { kind: 'warp', local: { cost } }, reduce: 'min' }),
  ]),
  ['frechet', (d) => ({ moves: (moves.dtw as (d: number) => Moves)(d), reduce: 'minimax' })],
];

/** Pairs of 1 to 300 steps of 1, 2, 3 or 5 values; of small integers, where ties abound, or of any numbers. */
const pair = (integers: boolean): fc.Arbitrary<Pair> =>
  fc
    .record({
      n: fc.integer({ min: 1, max: 300 }),
      m: fc.integer({ min: 1, max: 300 }),
      d: fc.constantFrom(1, 1, 2, 3, 5),
      seed: fc.integer(),
    })
    .map(({ n, m, d, seed }) => {
      let state = seed | 1;
      const next = () => {
        state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
        const unit = (state >>> 0) / 2 ** 32 - 0.5;
        return integers ? Math.round(unit * 6) : unit * 10;
      };
      return {
        s1: Float64Array.from({ length: n * d }, next),
        s2: Float64Array.from({ length: m * d }, next),
        n,
        m,
        d,
      };
    });

const constraint = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: 0, max: 60 }).map((radius) => ({ radius })),
  fc.double({ min: 1.2, max: 6, noNaN: true }).map((slope) => ({ slope })),
);

function bandOf({ n, m }: Pair, given: { radius: number } | { slope: number } | undefined): Band | undefined {
  if (given === undefined) return undefined;
  if ('radius' in given) return sakoeChibaBand(n, m, given.radius);
  try {
    return itakuraBand(n, m, given.slope);
  } catch {
    return undefined;
  }
}

for (const [name, of] of minima) {
  describe(`the kernel of ${name}`, () => {
    it('has the value of its twin to 1e-12, and its path costs as much', () => {
      fc.assert(
        fc.property(pair(false), constraint, (p, given) => {
          const band = bandOf(p, given);
          const kernel = kernelFor(of(p.d), p.d);
          const twin = twinFor(of(p.d));
          const value = kernel.value(p, band, never);
          closeTo(value, twin.value(p, band, never), { relative: 1e-12 });
          closeTo(kernel.path?.(p, band, never).value as number, value, { relative: 1e-12 });
        }),
        { numRuns: 60 },
      );
    });

    it('has the path of its twin where ties abound, and the gradient along it', () => {
      fc.assert(
        fc.property(pair(true), constraint, (p, given) => {
          const band = bandOf(p, given);
          const kernel = kernelFor(of(p.d), p.d);
          const twin = twinFor(of(p.d));
          // Square roots make near ties of ties; only exact costs decide alike.
          const exact =
            p.d === 1 ||
            (name.includes('dtw') && name !== 'dtw of euclidean costs') ||
            name === 'frechet' ||
            name === 'edr' ||
            name === 'msm';
          if (!exact || name === 'wdtw') return;
          assert.deepEqual(kernel.path?.(p, band, never).path, twin.path?.(p, band, never).path);
          const found = kernel.gradient(p, band, never);
          const wanted = twin.gradient(p, band, never);
          closeTo(found.s1, wanted.s1, { relative: 1e-12, absolute: 1e-12 });
          closeTo(found.s2, wanted.s2, { relative: 1e-12, absolute: 1e-12 });
        }),
        { numRuns: 40 },
      );
    });
  });
}

const softMoves: Record<string, (d: number) => Moves> = {
  ...moves,
  ...Object.fromEntries(
    (['euclidean', 'cityblock', 'chebyshev'] as const).map((cost) => [
      `dtw of ${cost} costs`,
      (): Moves => ({ kind: 'warp', local: { cost } }),
    ]),
  ),
};

for (const name of [...Object.keys(softMoves).filter((name) => name !== 'edr'), 'gak']) {
  describe(`the soft kernel of ${name}`, () => {
    const soft = (gamma: number, d: number): Recurrence =>
      name === 'gak'
        ? { moves: { kind: 'warp', local: { cost: 'gak', sigma: Math.sqrt(gamma) } }, reduce: 'softmin', gamma: 1 }
        : { moves: softMoves[name]?.(d) as Moves, reduce: 'softmin', gamma };
    const gamma = fc.constantFrom(1e-3, 0.01, 0.1, 1, 10, 1e3);

    it('has the value of its twin to 1e-10', () => {
      fc.assert(
        fc.property(pair(false), constraint, gamma, (p, given, gamma) => {
          const band = bandOf(p, given);
          const wanted = twinFor(soft(gamma, p.d)).value(p, band, never);
          // gamma log(number of alignments) is what the value is made of where it nearly cancels.
          const scale = gamma * (p.n + p.m);
          closeTo(kernelFor(soft(gamma, p.d), p.d).value(p, band, never), wanted, {
            relative: 1e-10,
            absolute: 1e-12 * scale,
          });
        }),
        { numRuns: 60 },
      );
    });

    it('has the gradients and the alignment of its twin', () => {
      fc.assert(
        fc.property(pair(false), constraint, gamma, (p, given, gamma) => {
          const band = bandOf(p, given);
          const found = kernelFor(soft(gamma, p.d), p.d).gradient(p, band, never);
          const wanted = twinFor(soft(gamma, p.d)).gradient(p, band, never);
          const scale = Math.max(1, ...wanted.s1.map(Math.abs), ...wanted.s2.map(Math.abs));
          closeTo(found.s1, wanted.s1, { relative: 1e-7, absolute: 1e-9 * scale });
          closeTo(found.s2, wanted.s2, { relative: 1e-7, absolute: 1e-9 * scale });
          const shares = kernelFor(soft(gamma, p.d), p.d).alignment(p, band, never).alignment;
          closeTo(shares, twinFor(soft(gamma, p.d)).alignment(p, band, never).alignment, {
            relative: 1e-7,
            absolute: 1e-9,
          });
        }),
        { numRuns: 25 },
      );
    });
  });
}

describe('the soft kernels', () => {
  it('have the values of their twins where a move costs far more than gamma', () => {
    const s1 = Float64Array.of(0, 1, 0.5, 2);
    for (const s2 of [Float64Array.of(0, 1.5, 1, 2), Float64Array.of(0, 1, 2)]) {
      const p = { s1, s2, n: s1.length, m: s2.length, d: 1 };
      for (const costly of [
        { kind: 'warp', local: sqeuclidean, penalty: 1e300 },
        { kind: 'erp', g: [-1e300] },
        { kind: 'msm', c: 1e300, independent: true },
        { kind: 'twe', nu: 0, lmbda: 1e300 },
        { kind: 'twe', nu: 1e295, lmbda: 0 },
      ] satisfies Moves[]) {
        for (const gamma of [1e-9, 1, 1e20]) {
          const recurrence: Recurrence = { moves: costly, reduce: 'softmin', gamma };
          const wanted = twinFor(recurrence).value(p, undefined, never);
          const absolute = 1e-12 * gamma * (p.n + p.m);
          closeTo(kernelFor(recurrence, 1).value(p, undefined, never), wanted, { relative: 1e-10, absolute });
        }
      }
    }
  });
});

describe('kernels', () => {
  const dtw = kernelFor({ moves: { kind: 'warp', local: sqeuclidean }, reduce: 'min' }, 1);
  const flat = (n: number): Pair => ({ s1: new Float64Array(n), s2: new Float64Array(n).fill(1), n, m: n, d: 1 });

  it('poll within 20 ms, so that a job can be stopped', () => {
    for (const kernel of [
      dtw,
      kernelFor({ moves: { kind: 'warp', local: sqeuclidean }, reduce: 'softmin', gamma: 1 }, 1),
    ]) {
      let last = performance.now();
      let longest = 0;
      kernel.gradient(flat(4000), undefined, () => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      });
      assert.ok(longest < 100, `${longest} ms between two polls`); // roomy: machines that run tests are shared
    }
  });

  it('serve the next pair after one was stopped in the middle', () => {
    let polls = 0;
    const stop = () => {
      polls++;
      if (polls === 3) throw new Error('stopped');
    };
    assert.throws(() => dtw.value(flat(8000), undefined, stop), /stopped/);
    assert.equal(dtw.value(flat(50), undefined, never), 50);
  });

  it('are not disturbed by what an earlier pair left in memory', () => {
    // NaN never reaches a kernel through the core; here it marks every number that is left behind.
    fc.assert(
      fc.property(pair(true), (p) => {
        const recurrence: Recurrence = { moves: { kind: 'warp', local: sqeuclidean }, reduce: 'min' };
        const kernel = kernelFor(recurrence, p.d);
        const soft = kernelFor({ ...recurrence, reduce: 'softmin', gamma: 1 }, p.d);
        const nan = { ...p, s1: p.s1.map(() => Number.NaN) };
        kernel.path?.(nan, undefined, never);
        soft.value(nan, undefined, never);
        assert.deepEqual(kernel.path?.(p, undefined, never), twinFor(recurrence).path?.(p, undefined, never));
        kernel.path?.(nan, undefined, never);
        assert.ok(Number.isFinite(soft.gradient(p, undefined, never).value));
      }),
      { numRuns: 60 },
    );
  });

  it('give an infeasible band the value Infinity', () => {
    const band = { lo: Int32Array.of(0, 2), hi: Int32Array.of(0, 2) };
    assert.equal(
      dtw.value({ s1: new Float64Array(2), s2: new Float64Array(3), n: 2, m: 3, d: 1 }, band, never),
      Infinity,
    );
  });
});

describe('a computation that may give up', () => {
  it('gives the exact value if it is within the limit, and gives up only above it', () => {
    let givenUp = 0;
    fc.assert(
      fc.property(fc.boolean().chain(pair), constraint, fc.constantFrom('dtw', 'adtw'), (given, bounds, name) => {
        const kernel = kernelFor({ moves: (moves[name] as (d: number) => Moves)(given.d), reduce: 'min' }, given.d);
        const band = bandOf(given, bounds);
        const value = kernel.value(given, band, never);
        const rest = new Float64Array(given.n + 1);
        const within = (limit: number) => kernel.valueWithin?.(given, band, { limit, rest }, never);
        assert.equal(within(value), value);
        const found = within(value * 0.9);
        if (found === Infinity) givenUp++;
        else assert.equal(found, value);
      }),
      { numRuns: 300 },
    );
    assert.ok(givenUp > 100, `only ${givenUp} were given up`);
  });
});
