/** What a request had computed, and where its time went, in milliseconds. */
export interface Timing {
  readonly metric: string;
  readonly backend: string;
  /** What was asked for, in cells. */
  cells: number;
  /** Waiting for a worker, and on the way there and back. */
  queue: number;
  /** Computing, added up over all workers. */
  compute: number;
}

/** What a job needs to know of the request that it is for. */
export interface Call {
  /** What is computed, as far as it decides how long a cell takes. */
  readonly kind: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly abandoned: AbortSignal;
  readonly timing: Timing;
  /** Told of each job that a worker has done, and how long it took. */
  readonly ran?: Ran | undefined;
}

export type Ran = (job: string, ms: number) => void;
