import { bandwidthOfDataset } from './bandwidth.ts';
import { gradientBarycenter, pathBarycenter } from './barycenter.ts';
import { cdistMatrix } from './cdist.ts';
import { evaluatePair } from './evaluate.ts';
import { lowerBoundOfPair } from './lower-bound.ts';
import { nearestNeighbors } from './neighbors.ts';
import type { Operation } from './operation.ts';
import { subsequenceSearch } from './subsequence.ts';

/** Everything that can be asked of a metric. */
export const operations: readonly Operation[] = [
  evaluatePair,
  cdistMatrix,
  nearestNeighbors,
  lowerBoundOfPair,
  subsequenceSearch,
  pathBarycenter,
  gradientBarycenter,
  bandwidthOfDataset,
];
