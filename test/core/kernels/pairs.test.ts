import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Band, type Pair, pairsFor, type Recurrence, twinFor } from '../../../src/core/kernels/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { closeTo } from '../../support/close-to.ts';

// Eight pairs at once are compared with the plain TypeScript twin, one by one.

const never = () => {};

/** One to eight pairs of the same sizes, and a band or none. */
const batch = fc
  .record({
    n: fc.integer({ min: 1, max: 300 }),
    m: fc.integer({ min: 1, max: 300 }),
    d: fc.constantFrom(1, 1, 2, 5),
    count: fc.integer({ min: 1, max: 8 }),
    seed: fc.integer(),
    gamma: fc.constantFrom(1e-6, 0.01, 1, 100),
    constraint: fc.oneof(
      fc.constant(undefined),
      fc.integer({ min: 0, max: 60 }).map((radius) => ({ radius })),
      fc.double({ min: 1.2, max: 6, noNaN: true }).map((slope) => ({ slope })),
    ),
  })
  .map(({ n, m, d, count, seed, gamma, constraint }) => {
    let state = seed | 1;
    const next = () => {
      state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
      return ((state >>> 0) / 2 ** 32 - 0.5) * 10;
    };
    const pairs = Array.from({ length: count }, (): Pair => {
      return {
        s1: Float64Array.from({ length: n * d }, next),
        s2: Float64Array.from({ length: m * d }, next),
        n,
        m,
        d,
      };
    });
    return { pairs, gamma, band: bandOf(n, m, constraint) };
  });

function bandOf(n: number, m: number, given: { radius: number } | { slope: number } | undefined): Band | undefined {
  if (given === undefined) return undefined;
  if ('radius' in given) return sakoeChibaBand(n, m, given.radius);
  try {
    return itakuraBand(n, m, given.slope);
  } catch {
    return undefined;
  }
}

describe('the kernel of dtw for many pairs', () => {
  const recurrence: Recurrence = { moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' };
  for (const ties of [false, true]) {
    it(`has the values of its twin, and the gradients along the same paths${ties ? ' where ties abound' : ''}`, () => {
      fc.assert(
        fc.property(batch, ({ pairs: given, band }) => {
          const whole = (s: Float64Array) => (ties ? s.map((x) => Math.round(x / 3)) : s);
          const pairs = given.map((pair) => ({ ...pair, s1: whole(pair.s1), s2: whole(pair.s2) }));
          const kernel = pairsFor(recurrence, (pairs[0] as Pair).d);
          const found = kernel?.solve(pairs, band, true, never);
          const values = kernel?.solve(pairs, band, false, never);
          const twin = twinFor(recurrence);
          for (const [k, pair] of pairs.entries()) {
            const expected = twin.gradient(pair, band, never);
            closeTo(found?.[k]?.value, expected.value, { relative: 1e-12 }, `value ${k}`);
            assert.equal(values?.[k]?.value, found?.[k]?.value);
            closeTo(found?.[k]?.s1, expected.s1, { relative: 1e-12, absolute: 1e-12 }, `gradient of s1 ${k}`);
            closeTo(found?.[k]?.s2, expected.s2, { relative: 1e-12, absolute: 1e-12 }, `gradient of s2 ${k}`);
          }
        }),
        { numRuns: 60, seed: 20261126 },
      );
    });
  }
});

describe('the kernel of soft-dtw for many pairs', () => {
  it('has the values and gradients of its twin', () => {
    fc.assert(
      fc.property(batch, ({ pairs, gamma, band }) => {
        const recurrence: Recurrence = {
          moves: { kind: 'warp', local: { cost: 'sqeuclidean' } },
          reduce: 'softmin',
          gamma,
        };
        const [first] = pairs as [Pair];
        const kernel = pairsFor(recurrence, first.d);
        assert.ok(kernel);
        fc.pre(kernel.fits(first, band, true));
        const found = kernel.solve(pairs, band, true, never);
        const values = kernel.solve(pairs, band, false, never);
        const twin = twinFor(recurrence);
        for (const [k, pair] of pairs.entries()) {
          const expected = twin.gradient(pair, band, never);
          closeTo(found?.[k]?.value, expected.value, { relative: 1e-10 }, `value ${k}`);
          closeTo(values?.[k]?.value, expected.value, { relative: 1e-10 }, `value alone ${k}`);
          // The twin takes differences of numbers as large as the value over gamma.
          const absolute = 1e-9 * (1 + Math.abs(expected.value) / gamma / 1e6);
          closeTo(found?.[k]?.s1, expected.s1, { relative: 1e-8, absolute }, `gradient of s1 ${k}`);
          closeTo(found?.[k]?.s2, expected.s2, { relative: 1e-8, absolute }, `gradient of s2 ${k}`);
        }
      }),
      { numRuns: 60, seed: 20261126 },
    );
  });

  it('is for pairs that have a choice of paths, whose costs gamma can be felt beside', () => {
    const recurrence = (gamma: number): Recurrence => ({
      moves: { kind: 'warp', local: { cost: 'sqeuclidean' } },
      reduce: 'softmin',
      gamma,
    });
    const one: Pair = { s1: Float64Array.of(1), s2: Float64Array.of(2, 3), n: 1, m: 2, d: 1 };
    assert.equal(pairsFor(recurrence(1), 1)?.fits(one, undefined, true), false);
    const two: Pair = { s1: Float64Array.of(1e9, 2e9), s2: Float64Array.of(2, 3), n: 2, m: 2, d: 1 };
    assert.equal(pairsFor(recurrence(1), 1)?.fits(two, undefined, true), true);
    assert.equal(pairsFor(recurrence(1), 1)?.solve([two], undefined, true, never), undefined);
    assert.equal(pairsFor({ ...recurrence(1), reduce: 'minimax' }, 1), undefined);
    const long: Pair = { s1: new Float64Array(2), s2: new Float64Array(2e5), n: 2, m: 2e5, d: 1 };
    assert.equal(pairsFor(recurrence(1), 1)?.fits(long, undefined, false), false);
  });
});
