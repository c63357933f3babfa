import type { Local } from '../types.ts';
import { isDistance } from './local-cost.ts';

/** A local cost compared with a threshold, where the last bit can decide: rounded as by the loops that define it. */
export interface Comparison {
  /** The local cost by its number in assembly/local-cost.ts. */
  readonly chosen: number;
  readonly threshold: number;
}

/** Whether a local cost is at most `eps`, for series of d values per step; undefined if there is no sweep for it. */
export function comparison(local: Local, eps: number, d: number): Comparison | undefined {
  // Minkowski's powers and roots of a single value are only nearly |x - y|.
  if (d === 1 && isDistance(local) && local.cost !== 'minkowski') return { chosen: 2, threshold: eps };
  switch (local.cost) {
    case 'sqeuclidean':
      return { chosen: 4, threshold: eps };
    case 'euclidean':
      return { chosen: 4, threshold: mostUnderRoot(eps) };
    case 'cityblock':
      return { chosen: 2, threshold: eps };
    case 'chebyshev':
      return { chosen: 3, threshold: eps };
    default:
      return undefined;
  }
}

const number = new Float64Array(1);
const bits = new BigUint64Array(number.buffer);

/** The number after or before a positive one or 0. */
function neighbour(x: number, step: 1n | -1n): number {
  number[0] = x;
  bits[0] += step;
  return number[0];
}

/** The largest number whose square root, rounded, is at most `limit`: a root takes longer than everything else in a cell. */
function mostUnderRoot(limit: number): number {
  let most = Math.min(limit * limit, Number.MAX_VALUE);
  while (Math.sqrt(most) > limit) most = neighbour(most, -1n);
  while (most < Number.MAX_VALUE && Math.sqrt(neighbour(most, 1n)) <= limit) most = neighbour(most, 1n);
  return most;
}
