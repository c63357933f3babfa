import type { Moves } from '../types.ts';
import { isSquared } from './is-squared.ts';

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

/** Whether what moves cost by themselves cannot overflow over gamma, on a path of any length. More than gamma would not help: a path may avoid such moves. */
export const isTame = (moves: Moves, gamma: number): boolean => ownCosts(moves).every((cost) => cost < gamma * 1e280);

function ownCosts(moves: Moves): readonly number[] {
  switch (moves.kind) {
    case 'warp':
      return [moves.penalty ?? 0];
    case 'erp':
      return moves.g.map(Math.abs);
    case 'msm':
      return [moves.c];
    case 'twe':
      return [moves.nu, moves.lmbda];
    case 'edr':
      return [];
  }
}
