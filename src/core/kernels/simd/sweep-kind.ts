import type { Recurrence } from '../types.ts';
import { isTame } from './temperature.ts';

/** The recurrences that the module has sweeps for. */
export type SweepKind = 'dtw' | 'adtw' | 'wdtw' | 'frechet' | 'erp' | 'edr' | 'msm' | 'twe' | 'gak';

/** The sweep that runs a recurrence on series of d values per step; undefined if there is none. */
export function sweepKind(recurrence: Recurrence, d: number): SweepKind | undefined {
  const { moves, reduce } = recurrence;
  if (recurrence.reduce === 'softmin' && !isTame(moves, recurrence.gamma)) return undefined;
  switch (moves.kind) {
    case 'warp':
      if (moves.local.cost === 'gak') return isPlainKernel(recurrence) ? 'gak' : undefined;
      if (moves.local.cost !== 'sqeuclidean') return undefined;
      if (moves.g !== undefined) return reduce !== 'minimax' && !moves.penalty ? 'wdtw' : undefined;
      if (reduce === 'minimax') return 'frechet';
      return moves.penalty ? 'adtw' : 'dtw';
    case 'erp':
      return reduce !== 'minimax' ? 'erp' : undefined;
    case 'edr':
      return reduce === 'min' ? 'edr' : undefined;
    case 'msm':
      return reduce !== 'minimax' && d === 1 && moves.independent ? 'msm' : undefined;
    case 'twe':
      return reduce !== 'minimax' && d === 1 ? 'twe' : undefined;
    default:
      return undefined;
  }
}

/** gak's sweep is for a soft minimum with gamma 1, as the kernel is defined, and for moves without extra cost. */
const isPlainKernel = (recurrence: Recurrence): boolean =>
  recurrence.reduce === 'softmin' &&
  recurrence.gamma === 1 &&
  recurrence.moves.kind === 'warp' &&
  !recurrence.moves.penalty &&
  recurrence.moves.g === undefined;

/** The sweep by the name of its export. */
export const sweepName = (kind: SweepKind, d: number): string => (d === 1 ? kind : `${kind}Any`);

/** Whether an infinite local cost makes R infinite: `ownFence` in assembly/recurrence.ts. */
export const hasOwnFence = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'adtw' || kind === 'frechet';

/** Whether all moves into a cell cost the same, so that R of the cells that they come from says which is best. */
export const hasPlainMoves = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'wdtw' || kind === 'frechet';
