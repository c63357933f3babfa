import type {
  BackendName,
  BandwidthOptions,
  CdistProblem,
  Dataset,
  FlatNeighbors,
  NeighborsProblem,
  Params,
  Series,
  Tile,
  Wanted,
} from '../../core/index.ts';
import type { Code, Place } from '../http/errors.ts';
import type { JobName } from '../jobs/jobs.ts';

// What travels between the server and its workers: plain objects, strings, numbers and typed arrays.

/** Evaluate a metric for one pair of series. */
export interface EvaluateJob {
  readonly metric: string;
  readonly s1: Series;
  readonly s2: Series;
  readonly params: Params;
  readonly be: BackendName;
  readonly wanted: Wanted;
}

/** Compute some pairs of a matrix. The datasets and `out` are shared memory. */
export interface TileJob {
  readonly metric: string;
  readonly problem: CdistProblem;
  readonly tile: Tile;
  readonly out: Float64Array;
}

/** Find the neighbours of some queries. The datasets and `out` are shared memory. */
export interface NeighborsJob {
  readonly metric: string;
  readonly problem: NeighborsProblem;
  /** A run of queries. */
  readonly tile: Tile;
  readonly out: FlatNeighbors;
}

/** Estimate the parameter that smooths a metric. */
export interface BandwidthJob {
  readonly metric: string;
  readonly dataset: Dataset;
  readonly options: BandwidthOptions;
}

/** LB_Keogh of s1 in the envelope of s2. */
export interface BoundJob {
  readonly s1: Series;
  readonly s2: Series;
  readonly radius: number;
}

/** Load everything, then wait until each of the other workers has, so that every thread answers one. */
export interface WarmUp {
  /** Shared: how many workers have arrived. */
  readonly arrived: Int32Array;
  readonly workers: number;
}

/** A task on its way. `cancel` is shared with the worker: raised when nobody waits for the answer any more. */
export type Message = ({ readonly job: JobName; readonly input: unknown } | { readonly warmUp: WarmUp }) & {
  readonly cancel: Int32Array;
};

/** Errors travel as data, because an error class loses its name and code between threads. */
export type Reply =
  | { readonly output: unknown; readonly ms: number }
  | { readonly problem: { code: Code; detail: string; errors: readonly Place[] | undefined } }
  | { readonly cancelled: true };
