import { describe, it } from 'node:test';
import fc from 'fast-check';
import { slopeByGamma } from '../../../src/core/engines/parameter-slopes.ts';
import { gammaSlope, kernelFor, type Moves, type Recurrence } from '../../../src/core/kernels/index.ts';
import { sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { closeTo } from '../../support/close-to.ts';

const never = () => {};
const moves: Record<string, (d: number) => Moves> = {
  'soft-dtw': () => ({ kind: 'warp', local: { cost: 'sqeuclidean' } }),
  wdtw: () => ({ kind: 'warp', local: { cost: 'sqeuclidean' }, g: 0.1 }),
  adtw: () => ({ kind: 'warp', local: { cost: 'sqeuclidean' }, penalty: 0.7 }),
  erp: (d) => ({ kind: 'erp', g: new Array<number>(d).fill(0.5) }),
  msm: (d) => ({ kind: 'msm', c: 0.3, independent: d === 1 }),
  'msm without a penalty': (d) => ({ kind: 'msm', c: 0, independent: d === 1 }),
  twe: () => ({ kind: 'twe', nu: 0.2, lmbda: 0.4 }),
};

const cases = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  m: fc.integer({ min: 1, max: 60 }),
  d: fc.constantFrom(1, 1, 2, 3),
  radius: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  gamma: fc.constantFrom(1e-3, 0.1, 1, 30),
  offset: fc.constantFrom(0, 100),
  integers: fc.boolean(),
  seed: fc.integer(),
});

describe('the derivative with respect to gamma that follows from a gradient', () => {
  for (const [name, of] of Object.entries(moves)) {
    it(`is the one that a sweep of its own finds: ${name}`, () => {
      fc.assert(
        fc.property(cases, ({ n, m, d, radius, gamma, offset, integers, seed }) => {
          let state = seed | 1;
          const next = () => {
            state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39;
            const unit = (state >>> 0) / 2 ** 32 - 0.5;
            return offset + (integers ? Math.round(unit * 6) : unit * 4);
          };
          const pair = {
            s1: Float64Array.from({ length: n * d }, next),
            s2: Float64Array.from({ length: m * d }, next),
            n,
            m,
            d,
          };
          const band = radius === undefined ? undefined : sakoeChibaBand(n, m, radius);
          const recurrence: Recurrence = { moves: of(d), reduce: 'softmin', gamma };
          const found = kernelFor(recurrence, d).gradient(pair, band, never);
          const wanted = gammaSlope(recurrence, pair, band, never) as number;
          closeTo(slopeByGamma(recurrence, pair, band, found, never), wanted, { relative: 1e-8, absolute: 1e-12 });
        }),
        { numRuns: 80 },
      );
    });
  }
});
