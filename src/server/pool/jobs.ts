import { type CancelFlag, computeTile, findNeighbors, metricRecord, solve } from '../../core/index.ts';
import type { EvaluateJob, NeighborsJob, TileJob } from './task.ts';

// What a worker can be asked to do. Input and output travel between threads: plain objects, strings, numbers and typed arrays.

const evaluate = ({ metric, s1, s2, params, be, wanted }: EvaluateJob, cancel: CancelFlag) =>
  solve(metricRecord(metric), s1, s2, params, be, wanted, cancel);

const tile = ({ metric, problem, tile, out }: TileJob, cancel: CancelFlag): null => {
  computeTile(metricRecord(metric), problem, tile, out, cancel);
  return null;
};

const neighbors = ({ metric, problem, tile, out }: NeighborsJob, cancel: CancelFlag) =>
  findNeighbors(metricRecord(metric), problem, tile, out, cancel);

/** Every job by its name. */
export const jobs = { evaluate, neighbors, tile };

export type JobName = keyof typeof jobs;
export type JobInput<N extends JobName> = Parameters<(typeof jobs)[N]>[0];
export type JobOutput<N extends JobName> = ReturnType<(typeof jobs)[N]>;
