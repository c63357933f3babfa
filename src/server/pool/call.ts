/** What was computed for a request, and where its time went, in milliseconds. */
export interface Timing {
  readonly metric: string;
  readonly backend: string;
  /** The cells that were requested. */
  cells: number;
  /** Waiting for a worker, including the way there and back. */
  queue: number;
  /** Computing, summed over all workers. */
  compute: number;
}

/** The caller, and its weight among those who wait. */
export interface Caller {
  readonly id: string;
  readonly share: number;
}

/** What a job needs to know about its request. */
export interface Call {
  /** The kind of work, which determines how long a cell takes. */
  readonly kind: string;
  readonly caller: Caller;
  /** Aborted when nobody waits for the response any more. */
  readonly abandoned: AbortSignal;
  readonly timing: Timing;
  /** Called for each job that a worker has done, with how long it took. */
  readonly ran?: Ran | undefined;
  /** Whether it is a piece of a job that nobody waits for now: it takes no room in the queue, and nobody leaves threads to it. */
  readonly background?: boolean;
}

export type Ran = (job: string, ms: number) => void;
