import type { Poll } from '../types.ts';
import type { Sweep } from './instance.ts';

/**
 * Runs a sweep over diagonals begin..end - 1 in pieces of about `cells` cells, so that `poll` is called every millisecond or two. Pieces
 * begin on even diagonals, as sweeps ask for.
 */
export function inTurns(sweep: Sweep, begin: number, end: number, width: number, cells: number, poll: Poll): void {
  const step = Math.max(2, 2 * Math.ceil(cells / (2 * width)));
  for (let k = begin; k < end; k += step) {
    poll();
    sweep(k, Math.min(k + step, end));
  }
}
