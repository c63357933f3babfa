import type { Poll } from '../types.ts';
import type { Sweep } from './instance.ts';

/**
 * Runs a sweep over diagonals begin..end - 1 in chunks of about `cells` cells, so that `poll` is called every millisecond or two. Chunks
 * begin on even diagonals, as the sweeps require. A cell of d values counts d times: `work` is the layout's.
 */
export function inTurns(sweep: Sweep, begin: number, end: number, work: number, cells: number, poll: Poll): void {
  const step = Math.max(2, 2 * Math.ceil(cells / (2 * work)));
  for (let k = begin; k < end; k += step) {
    poll();
    sweep(k, Math.min(k + step, end));
  }
}
