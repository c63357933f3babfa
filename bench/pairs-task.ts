import {
  computePairs,
  flatPairs,
  metricRecord,
  type PairsProblem,
  readDataset,
  readParams,
} from '../src/core/server-door.ts';
import { series } from './data.ts';

/** Pairs of a batch. */
export const BATCH = 64;

/** Soft-DTW of a batch of random walks of n steps, read beforehand; with `grad`, the gradient of each pair too. */
export function pairsTask(n: number, grad: boolean): () => void {
  const record = metricRecord('soft-dtw');
  const walks = (from: number) => readDataset(Array.from({ length: BATCH }, (_, k) => series(n, from + k)));
  const params = readParams(record, {});
  const problem: PairsProblem = {
    dataset1: walks(1),
    dataset2: walks(1001),
    weights: undefined,
    params,
    be: 'numpy',
    grad,
  };
  const out = flatPairs(record, problem, (count) => new Float64Array(count));
  return () => computePairs(record, problem, { from: 0, to: BATCH }, out);
}
