import type { Series } from '../../input/series.ts';
import { largestCorrelations, type Poll } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { Direct, Solution } from '../../metric/problem.ts';
import { constantOnTape, offTape } from './along-path.ts';
import { type Best, bestShift, correlationSlopes, norm, tensorCorrelation } from './cross-correlation.ts';

/** The largest normalized cross-correlation over all shifts, with the channels shifted together; 0 for a series of zeros, as in tslearn. */
export const normalizedCcSolver: Direct = {
  cost: (d) => ({
    visited: (n, m) => n * m,
    factors: [{ times: 1.2, of: 'a product at every shift' }, ...(d > 1 ? [channelFactor(d, 0.5, 0.5)] : [])],
    step: 8 * d,
    pair: PAIR,
  }),
  many: {
    cells: (n, m) => n * m,
    likeLengths: true,
    layersOf: ({ data, n, d }) => [{ data, n, d }],
    batch: () => largestCorrelations((correlation) => correlation),
  },
  solve(s1, s2, wanted, poll): Solution {
    const best = bestOf(s1, s2, poll);
    const { shift } = best;
    const slopes = ({ data: x, d }: Series, { data: y }: Series, shift: number) =>
      best.zeros ? new Float64Array(x.length) : correlationSlopes(x, y, d, { ...best, shift }, 1);
    return {
      value: best.correlation,
      also: { shift },
      ...(wanted.grad && { gradient: { s1: slopes(s1, s2, shift), s2: slopes(s2, s1, -shift) } }),
    };
  },
  tensorValue(s1, s2, poll) {
    const { shift, correlation, zeros } = bestOf(offTape(s1), offTape(s2), poll);
    return zeros ? constantOnTape(correlation, s1, s2) : tensorCorrelation(s1, s2, shift);
  },
};

function bestOf({ data: x, d }: Series, { data: y }: Series, poll: Poll): Best & { zeros: boolean } {
  const norms = norm(x) * norm(y);
  if (norms === 0) return { shift: 0, correlation: 0, zeros: true };
  // NaN means overflow, which becomes an error.
  if (!Number.isFinite(norms)) return { shift: 0, correlation: Number.NaN, zeros: true };
  return { ...bestShift(x, y, d, poll), zeros: false };
}
