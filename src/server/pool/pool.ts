import { type CdistProblem, cellCount, type MetricRecord, type Solution } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { solveInline } from '../jobs/inline.ts';
import type { JobInput, JobName, JobOutput } from '../jobs/jobs.ts';
import type { Timing } from '../plugins/server-timing.ts';
import { countShared } from './ballast.ts';
import type { EvaluateJob, Reply } from './message.ts';
import { Scheduler } from './scheduler.ts';
import { Threads } from './threads.ts';
import { tileJobs } from './tile-jobs.ts';

/** Tiles of a matrix per worker: enough that the threads end together, few enough that sending them costs nothing. */
const TILES_PER_WORKER = 8;
/** A smaller tile is not worth its message. */
const LEAST_TILE_CELLS = 500_000;
/** A longer tile would let others wait. */
const TILE_MS = 5;

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

export type Ran = (job: JobName, ms: number) => void;

/** The worker threads that compute, and the line before them. */
export class Pool {
  readonly #workers: number;
  readonly #threads: Threads;
  readonly #scheduler: Scheduler;
  #ready = false;
  #closing = false;

  constructor(config: Config, worker: URL) {
    this.#workers = config.WORKERS;
    this.#threads = new Threads(config, worker);
    this.#scheduler = new Scheduler(config, this.#threads);
  }

  /** Whether every worker has answered its warm-up task. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether workers have been ending one after the other. */
  get crashing(): boolean {
    return this.#threads.crashing;
  }

  /** Workers that ended unasked and were replaced. */
  get restarts(): number {
    return this.#threads.lost;
  }

  /** How many jobs and cells wait and run, and how fast they go. */
  get load(): Scheduler['load'] {
    return this.#scheduler.load;
  }

  /** @throws Problem `queue_full`, where there is no room for even the smallest request */
  requireRoom(): void {
    this.#scheduler.requireRoom(0, 0);
  }

  /** Makes every thread load and run all it will need. */
  async warmUp(): Promise<void> {
    const workers = this.#workers;
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const warm = () => this.#threads.send({ warmUp: { arrived, workers }, cancel: new Int32Array(1) });
    try {
      await Promise.all(Array.from({ length: workers }, warm));
      this.#ready = true;
    } catch (error) {
      if (!this.#closing) throw error;
    }
  }

  /** Does a job for one request. Rejected at once when it is abandoned, with the signal's reason; the worker is free after its next poll. */
  async run<N extends JobName>(job: N, input: JobInput<N>, cells: number, call: Call): Promise<JobOutput<N>> {
    const [output] = await this.all(job, [input], cells, call);
    return output as JobOutput<N>;
  }

  /** Solves one pair, on the spot where that is quicker than asking a worker. */
  async evaluate(input: EvaluateJob, cells: number, call: Call): Promise<Solution> {
    const solution = solveInline(input, cells, call.timing);
    if (solution === undefined) return this.run('evaluate', input, cells, call);
    call.timing.cells += cells;
    return solution;
  }

  /**
   * Does the jobs of one request, of about equal size and `cells` in all, on as many workers as are free; the first one that fails ends the
   * others. `done` is told of each that has ended.
   *
   * @throws Problem `queue_full` at once, where there is no room
   */
  async all<N extends JobName>(
    job: N,
    inputs: readonly JobInput<N>[],
    cells: number,
    call: Call,
    done?: (at: number) => void,
  ): Promise<JobOutput<N>[]> {
    for (const input of inputs) countShared(input);
    call.timing.cells += cells;
    const messages = inputs.map((input) => ({ job, input }));
    return this.#scheduler.run(messages, cells, call, (reply, at) => {
      const output = outputOf<JobOutput<N>>(reply);
      done?.(at);
      return output;
    });
  }

  /** How many cells each job of a request should have that has so many in all, and may take so long. */
  share(cells: number, { kind }: Call, ms = TILE_MS): number {
    const even = cells / (this.#workers * TILES_PER_WORKER);
    return Math.max(LEAST_TILE_CELLS, Math.min(even, ms * this.#scheduler.perMs(kind)));
  }

  /** Computes a matrix, row-major, on all workers: tiles of about equal cells, written into one shared array. */
  async cdist(record: MetricRecord, problem: CdistProblem, call: Call): Promise<Float64Array> {
    const cells = cellCount(record, problem);
    const { out, jobs } = tileJobs(record, problem, this.share(cells, call));
    await this.all('tile', jobs, cells, call);
    return out;
  }

  /** Ends the threads. Call it when nothing is in flight. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#threads.close();
  }
}

function outputOf<T>(reply: Reply): T {
  if ('output' in reply) {
    countShared(reply.output);
    return reply.output as T;
  }
  if ('cancelled' in reply) throw new Error('a job was cancelled that nobody had given up');
  const { code, detail, errors } = reply.problem;
  throw new Problem(code, detail, errors && { errors });
}
