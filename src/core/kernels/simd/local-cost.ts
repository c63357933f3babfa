import type { Local, Moves } from '../types.ts';

/** Whether a step costs the squared Euclidean distance. */
export const isSquared = (moves: Moves): boolean => moves.kind === 'warp' && moves.local.cost === 'sqeuclidean';

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
