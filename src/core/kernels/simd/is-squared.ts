import type { Moves } from '../types.ts';

/** Whether a step costs the squared Euclidean distance. */
export const isSquared = (moves: Moves): boolean => moves.kind === 'warp' && moves.local.cost === 'sqeuclidean';
