import { type SoftSweep, softShares, softSweep } from './given-softmin.ts';
import { pathKernel } from './path-kernel.ts';
import { twinMin } from './twin/min.ts';
import type { MoveCostsOf } from './twin/moves/move-costs.ts';
import type { Band, MoveTables, Poll, Reduction } from './types.ts';

/** A recurrence whose costs are known: float32 tables, which float64 loops read. */
export interface GivenKernel {
  /** With `keep`, what a gradient needs is kept for it. */
  value(keep: boolean): number;
  /** Adds d value / d cost to `shares`, which are laid out as the costs are, one table where those are one. */
  gradient(shares: MoveTables): void;
  /** d value / d gamma; 0 if there is no gamma. */
  slope(): number;
  /** An optimal path as i, j, i, j, ... from (0, 0). Only if the reduction is a minimum. */
  path?(): Int32Array;
  /** The weight of each cell, n x m. */
  alignment(): Float64Array;
}

/** The recurrence over n x m cells with given costs. */
export function givenKernel(
  reduction: Reduction,
  costs: MoveTables,
  n: number,
  m: number,
  band: Band | undefined,
  poll: Poll,
): GivenKernel {
  return reduction.reduce === 'softmin'
    ? softKernel(reduction.gamma, costs, n, m, band, poll)
    : minKernel(reduction.reduce === 'minimax', costs, n, m, band, poll);
}

function softKernel(
  gamma: number,
  costs: MoveTables,
  n: number,
  m: number,
  band: Band | undefined,
  poll: Poll,
): GivenKernel {
  let found: SoftSweep | undefined;
  const whole = () => {
    if (found?.ways === undefined) found = softSweep(costs, gamma, n, m, band, poll, true);
    return found as Required<SoftSweep>;
  };
  const gradient = (shares: MoveTables) => softShares(whole().ways, shares, n, m, band, poll);
  return {
    value(keep) {
      found = softSweep(costs, gamma, n, m, band, poll, keep);
      return found.value;
    },
    gradient,
    slope: () => whole().slope,
    alignment() {
      const weights = new Float32Array(n * m);
      gradient({ diagonal: weights, up: weights, left: weights });
      return Float64Array.from(weights);
    },
  };
}

function minKernel(
  minimax: boolean,
  costs: MoveTables,
  n: number,
  m: number,
  band: Band | undefined,
  poll: Poll,
): GivenKernel {
  const none = new Float64Array(0);
  const pair = { s1: none, s2: none, n, m, d: 1 };
  const kernelFor = (shares: MoveTables) => {
    const moves = givenMoves(costs, shares);
    return pathKernel(twinMin(moves, minimax), moves, minimax);
  };
  const kernel = kernelFor(costs);
  return {
    value: () => kernel.value(pair, band, poll),
    gradient: (shares) => void kernelFor(shares).gradient(pair, band, poll),
    slope: () => 0,
    path: () => kernel.path?.(pair, band, poll).path as Int32Array,
    alignment: () => kernel.alignment(pair, band, poll).alignment,
  };
}

/** The tables as moves. What would be added to the gradient of two series is added to `shares`. */
const givenMoves =
  (costs: MoveTables, shares: MoveTables): MoveCostsOf =>
  ({ m }) => ({
    row(i, lo, hi, { diagonal, up, left }) {
      for (let j = lo, at = i * m + lo; j <= hi; j++, at++) {
        diagonal[j] = costs.diagonal[at];
        up[j] = costs.up[at];
        left[j] = costs.left[at];
      }
    },
    adjoint(i, lo, hi, { diagonal, up, left }) {
      for (let j = lo, at = i * m + lo; j <= hi; j++, at++) {
        shares.diagonal[at] += diagonal[j];
        shares.up[at] += up[j];
        shares.left[at] += left[j];
      }
    },
    ...(costs.border && {
      border: { left: Float64Array.from(costs.border.left), above: Float64Array.from(costs.border.above) },
    }),
    borderAdjoint({ left, above }) {
      shares.border?.left.set(left);
      shares.border?.above.set(above);
    },
  });
