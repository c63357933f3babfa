import type { Moves } from '../types.ts';
import { isSquared } from './local-cost.ts';

/**
 * Gamma, or slightly more if what a path pays for the values of the series, over gamma, could overflow float64: by less than 1e-298 of the largest cost.
 * Infinity if the costs themselves overflow.
 *
 * @param spread the largest magnitudes of both series together
 * @param values of both series together
 */
export function heated(gamma: number, moves: Moves, spread: number, values: number): number {
  const isOfSquares = isSquared(moves) || (moves.kind === 'warp' && moves.local.cost === 'gak');
  const largest = isOfSquares ? spread * spread : 2 * spread;
  return Math.max(gamma, largest * 1e-300 * values);
}

/** The largest magnitude in a series. */
export function reachOf(s: Float64Array): number {
  let reach = 0;
  for (let at = 0; at < s.length; at++) reach = Math.max(reach, Math.abs(s[at]));
  return reach;
}
