import type { Local, Moves, Recurrence } from './types.ts';

/** The recurrences that the module has sweeps for. */
export type SweepKind = 'dtw' | 'adtw' | 'wdtw' | 'frechet' | 'erp' | 'edr' | 'msm' | 'twe' | 'gak';

/** The sweep that runs a recurrence on series of d values per step; undefined if there is none. */
export function sweepKind(recurrence: Recurrence, d: number): SweepKind | undefined {
  const { moves, reduce } = recurrence;
  if (recurrence.reduce === 'softmin' && !isTame(moves, recurrence.gamma)) return undefined;
  switch (moves.kind) {
    case 'warp':
      if (moves.local.cost === 'gak') return isPlainKernel(recurrence) ? 'gak' : undefined;
      return warpKind(recurrence, moves, d);
    case 'erp':
      return reduce !== 'minimax' ? 'erp' : undefined;
    case 'edr':
      return reduce === 'min' ? 'edr' : undefined;
    case 'msm':
      if (reduce === 'minimax' || moves.independent !== (d === 1)) return undefined;
      return reduce === 'min' || d === 1 ? 'msm' : undefined;
    case 'twe':
      return reduce !== 'minimax' ? 'twe' : undefined;
    default:
      return undefined;
  }
}

function warpKind(
  { reduce }: Recurrence,
  { local, penalty, g }: Extract<Moves, { kind: 'warp' }>,
  d: number,
): SweepKind | undefined {
  if (local.cost !== 'sqeuclidean') {
    // Costs by name come with plain moves only.
    if (penalty || g !== undefined || chosenCost(local, d) === undefined) return undefined;
    return reduce === 'minimax' ? 'frechet' : 'dtw';
  }
  if (g !== undefined) return reduce !== 'minimax' && !penalty ? 'wdtw' : undefined;
  if (reduce === 'minimax') return 'frechet';
  return penalty ? 'adtw' : 'dtw';
}

/** gak's sweep is for a soft minimum with gamma 1, as the kernel is defined, and for moves without extra cost. */
const isPlainKernel = (recurrence: Recurrence): boolean =>
  recurrence.reduce === 'softmin' &&
  recurrence.gamma === 1 &&
  recurrence.moves.kind === 'warp' &&
  !recurrence.moves.penalty &&
  recurrence.moves.g === undefined;

/** Whether a step costs the squared Euclidean distance. */
export const isSquared = (moves: Moves): boolean => moves.kind === 'warp' && moves.local.cost === 'sqeuclidean';

/** Whether what moves cost by themselves cannot overflow over gamma, on a path of any length. More than gamma would not help: a path may avoid such moves. */
const isTame = (moves: Moves, gamma: number): boolean => ownCosts(moves).every((cost) => cost < gamma * 1e280);

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

/** A local cost by its number in assembly/local-cost.ts; undefined if it is not there. */
export function chosenCost(local: Local, d: number): number | undefined {
  // With a single value per step, these are all |x - y|.
  if (d === 1 && isDistance(local)) return 2;
  switch (local.cost) {
    case 'sqeuclidean':
      return 0;
    case 'euclidean':
      return 1;
    case 'cityblock':
      return 2;
    case 'chebyshev':
      return 3;
    default:
      return undefined;
  }
}

/** Whether a local cost of single values is |x - y|. */
export const isDistance = ({ cost }: Local): boolean =>
  cost === 'euclidean' || cost === 'cityblock' || cost === 'chebyshev' || cost === 'minkowski';

/** How many numbers each cell has in the buffer of costs that is filled before the sweep. */
export function bufferedCosts(moves: Moves, d: number): number {
  if (d > 1) return moves.kind === 'msm' ? 3 : 1;
  // The sweeps for a single value per step compute it themselves.
  return moves.kind === 'warp' && moves.local.cost !== 'sqeuclidean' && moves.local.cost !== 'gak' ? 1 : 0;
}

/** The sweep by the name of its export. */
export const sweepName = (kind: SweepKind, d: number, moves: Moves): string =>
  bufferedCosts(moves, d) === 0 ? kind : `${kind}Any`;

/** Whether values have a sweep of their own, whose R are less half of the cost of their cells: `Split` in assembly/moves.ts. */
export const hasPathSweep = (moves: Moves): moves is Extract<Moves, { kind: 'msm' }> =>
  moves.kind === 'msm' && moves.independent;

/** Whether an infinite local cost makes R infinite: `ownFence` in assembly/recurrence.ts. */
export const hasOwnFence = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'adtw' || kind === 'frechet';

/** Whether all moves into a cell cost the same, so that R of the cells that they come from says which is best. */
export const hasPlainMoves = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'wdtw' || kind === 'frechet';
