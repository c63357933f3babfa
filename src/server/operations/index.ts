import { type MetricRecord, metricRecord } from '../../core/server-door.ts';
import { bandwidthOfDataset } from './bandwidth.ts';
import { gradientBarycenter, pathBarycenter } from './barycenter.ts';
import { cdistMatrix } from './cdist.ts';
import { evaluatePair } from './evaluate.ts';
import { lowerBoundOfPair } from './lower-bound.ts';
import { nearestNeighbors } from './neighbors.ts';
import type { Operation } from './operation.ts';
import { pairsOfSeries } from './pairs.ts';
import { subsequenceSearch } from './subsequence.ts';

/** All operations on metrics. */
export const operations: readonly Operation[] = [
  evaluatePair,
  cdistMatrix,
  nearestNeighbors,
  lowerBoundOfPair,
  subsequenceSearch,
  pathBarycenter,
  gradientBarycenter,
  bandwidthOfDataset,
  pairsOfSeries,
];

/** The metric and the operation behind a route. */
export function operationOf(metric: string, suffix: string): [MetricRecord, Operation] {
  const record = metricRecord(metric);
  const operation = operations.find((one) => one.suffix === suffix && one.appliesTo(record));
  if (operation === undefined) throw new Error(`${metric} has no operation "${suffix}"`);
  return [record, operation];
}
