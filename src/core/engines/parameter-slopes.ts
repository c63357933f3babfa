import { type Band, gammaSlope, type Moves, type Pair, type Poll, type Recurrence } from '../kernels/index.ts';
import type { Gradient, RecurrenceProblem } from '../metric/problem.ts';

// Slopes with respect to the smoothing parameter, from the gradients of the series where scaling gives them: by Euler's theorem, for a value of degree k
// in numbers v_i of degrees k_i, the sum of k_i v_i d value / d v_i is k value.

/**
 * d value / d gamma of a soft minimum. Squared costs have degree 2 in the series and 1 in gamma, so it is (value - half of the sum of
 * x d value / d x) / gamma, as long as that difference keeps ten digits; distances have degree 1, erp's in x - g. Constants have the degree of gamma. Otherwise, and for
 * other costs, another sweep finds it.
 */
export function slopeByGamma(
  recurrence: Recurrence,
  pair: Pair,
  band: Band | undefined,
  found: Gradient & { value: number; constant?: number },
  poll: Poll,
): number | undefined {
  const { constant = 0 } = found;
  const degree = found.constant === undefined && hasConstants(recurrence.moves) ? 0 : degreeOf(recurrence.moves);
  if (recurrence.reduce === 'softmin' && recurrence.gamma > TINY && degree > 0) {
    const { sum, size } = moments(pair, found, originOf(recurrence.moves, pair.d));
    const slope = (found.value - sum / degree - constant) / recurrence.gamma;
    const error = (Number.EPSILON * (Math.abs(found.value) + size + constant)) / recurrence.gamma;
    if (4 * error < 1e-10 * Math.abs(slope)) return slope;
  }
  return gammaSlope(recurrence, pair, band, poll);
}

/** Kernels may replace a smaller gamma by a larger one. */
const TINY = 1e-200;

/** Whether moves cost something whatever the series are. */
const hasConstants = (moves: Moves): boolean =>
  moves.kind === 'msm' || moves.kind === 'twe' || (moves.kind === 'warp' && Boolean(moves.penalty));

/** Where the values of the series count from; undefined: it does not matter. */
function originOf(moves: Moves, d: number): readonly number[] | undefined {
  if (moves.kind === 'erp') return moves.g;
  // Both series start with a step of zeros.
  return moves.kind === 'twe' ? new Array<number>(d).fill(0) : undefined;
}

/** The degree of the costs in the values of the series; 0: they have none. */
function degreeOf(moves: Moves): number {
  if (moves.kind === 'erp' || moves.kind === 'twe') return 1;
  if (moves.kind === 'msm') return moves.independent ? 1 : 2;
  if (moves.kind !== 'warp') return 0;
  const { cost } = moves.local;
  if (cost === 'sqeuclidean') return 2;
  return cost === 'euclidean' || cost === 'cityblock' || cost === 'chebyshev' || cost === 'minkowski' ? 1 : 0;
}

/** d value / d sigma of the global alignment kernel: scaling series and sigma together changes nothing. */
export function addSigma({ s1, s2, recurrence: { moves }, smoothedBy }: RecurrenceProblem, gradient: Gradient): void {
  if (smoothedBy !== 'sigma' || moves.kind !== 'warp' || moves.local.cost !== 'gak') return;
  gradient.sigma = -moments({ s1: s1.data, s2: s2.data, d: s1.d }, gradient).sum / moves.local.sigma;
}

/**
 * The sum of x d value / d x over both series, and of the magnitudes of its terms. x is taken from `origin`, by channel, or else centred first: shifting both series
 * changes nothing.
 */
function moments(
  { s1, s2, d }: Pick<Pair, 's1' | 's2' | 'd'>,
  gradient: Gradient,
  origin?: readonly number[],
): { sum: number; size: number } {
  const found = { sum: 0, size: 0 };
  for (let k = 0; k < d; k++) {
    const middle = origin?.[k] ?? (mean(s1, d, k) + mean(s2, d, k)) / 2;
    addTerms(s1, gradient.s1, d, k, middle, found);
    addTerms(s2, gradient.s2, d, k, middle, found);
  }
  return found;
}

function addTerms(
  x: Float64Array,
  slope: Float64Array,
  d: number,
  k: number,
  middle: number,
  to: { sum: number; size: number },
): void {
  let { sum, size } = to;
  for (let at = k; at < x.length; at += d) {
    const term = (x[at] - middle) * slope[at];
    sum += term;
    size += Math.abs(term);
  }
  to.sum = sum;
  to.size = size;
}

function mean(x: Float64Array, d: number, k: number): number {
  let sum = 0;
  for (let at = k; at < x.length; at += d) sum += x[at];
  return (sum * d) / x.length;
}
