import {
  type BarycenterProblem,
  type CancelFlag,
  computeTile,
  findBandwidth,
  findBarycenter,
  findNeighbors,
  findSubsequence,
  keogh,
  metricRecord,
  type SubsequenceProblem,
  solve,
} from '../../core/index.ts';
import type { BandwidthJob, BoundJob, EvaluateJob, NeighborsJob, TileJob } from '../pool/message.ts';
import { readBody } from './read-body.ts';
import { readNpz } from './read-npz.ts';

// What a worker can be asked to do. Input and output travel between threads: plain objects, strings, numbers and typed arrays.

const evaluate = ({ metric, s1, s2, params, be, wanted }: EvaluateJob, cancel: CancelFlag) =>
  solve(metricRecord(metric), s1, s2, params, be, wanted, cancel);

const tile = ({ metric, problem, tile, out }: TileJob, cancel: CancelFlag): null => {
  computeTile(metricRecord(metric), problem, tile, out, cancel);
  return null;
};

const neighbors = ({ metric, problem, tile, out }: NeighborsJob, cancel: CancelFlag) =>
  findNeighbors(metricRecord(metric), problem, tile, out, cancel);

const bandwidth = ({ metric, dataset, options }: BandwidthJob) => findBandwidth(metricRecord(metric), dataset, options);

const bound = ({ s1, s2, radius }: BoundJob) => keogh(s1, s2, radius);

const subsequence = (problem: SubsequenceProblem, cancel: CancelFlag) => findSubsequence(problem, cancel);

const barycenter = (problem: BarycenterProblem, cancel: CancelFlag) => findBarycenter(problem, cancel);

/** Every job by its name. */
export const jobs = { readBody, readNpz, bandwidth, barycenter, bound, evaluate, neighbors, subsequence, tile };

export type JobName = keyof typeof jobs;
export type JobInput<N extends JobName> = Parameters<(typeof jobs)[N]>[0];
export type JobOutput<N extends JobName> = Awaited<ReturnType<(typeof jobs)[N]>>;
