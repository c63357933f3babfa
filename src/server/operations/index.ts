import { cdistMatrix } from './cdist.ts';
import { evaluatePair } from './evaluate.ts';
import { nearestNeighbors } from './neighbors.ts';
import type { Operation } from './operation.ts';

/** Everything that can be asked of a metric. */
export const operations: readonly Operation[] = [evaluatePair, cdistMatrix, nearestNeighbors];
