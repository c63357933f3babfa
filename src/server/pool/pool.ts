import { Piscina } from 'piscina';
import { type CdistProblem, cellCount, kernelModule, type MetricRecord, type Solution } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { Problem } from '../errors.ts';
import type { Timing } from '../plugins/server-timing.ts';
import { solveInline } from './inline.ts';
import type { JobInput, JobName, JobOutput } from './jobs.ts';
import { CANCEL, type EvaluateJob, type Message, type Reply, STARTED } from './task.ts';
import { tileJobs } from './tile-jobs.ts';

/** Tiles of a matrix per worker: enough that the threads end together, few enough that sending them costs nothing. */
const TILES_PER_WORKER = 8;
/** About a millisecond of work: a smaller tile is not worth its message. */
const LEAST_TILE_CELLS = 500_000;
/** Some milliseconds of work: what a caller waits for between rows that come one after the other. */
const ROWS_TILE_CELLS = 20_000_000;

/** What a job needs to know of the request that it is for. */
export interface Call {
  /** Aborted when nobody waits for the answer any more. */
  readonly abandoned: AbortSignal;
  readonly timing: Timing;
}

/** The worker threads that compute. */
export class Pool {
  readonly #config: Config;
  readonly #threads: Piscina<Message, Reply>;
  #inFlight = 0;
  #meanMs = 10;
  #ready = false;
  #closing = false;
  #restarts = 0;

  constructor(config: Config) {
    this.#config = config;
    this.#threads = new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      minThreads: config.WORKERS,
      maxThreads: config.WORKERS,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: { tfjsEngine: config.TFJS_ENGINE, kernels: kernelModule() },
    });
    this.#threads.on('workerDestroy', () => {
      if (!this.#closing) this.#restarts++;
    });
  }

  /** Whether every worker has answered its warm-up task. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Requests that wait or run. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Threads that were replaced. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Makes every thread load and run all it will need. */
  async warmUp(): Promise<void> {
    const workers = this.#config.WORKERS;
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const warm = () => this.#threads.run({ warmUp: { arrived, workers }, control: control() });
    try {
      await Promise.all(Array.from({ length: workers }, warm));
      this.#ready = true;
    } catch (error) {
      if (!this.#closing) throw error;
    }
  }

  /** Does a job for one request. Rejected at once when it is abandoned, with the signal's reason; the worker is free after its next poll. */
  run<N extends JobName>(job: N, input: JobInput<N>, call: Call): Promise<JobOutput<N>> {
    return this.#admit(() => this.#submit(job, input, call));
  }

  /** Solves one pair, on the spot where that is quicker than asking a worker. */
  async evaluate(input: EvaluateJob, call: Call): Promise<Solution> {
    return solveInline(input, call.timing) ?? this.run('evaluate', input, call);
  }

  /** Does many jobs for one request, on all workers; the first one that fails ends the others. `done` is told of each that has ended. */
  all<N extends JobName>(
    job: N,
    inputs: readonly JobInput<N>[],
    call: Call,
    done?: (at: number) => void,
  ): Promise<JobOutput<N>[]> {
    const failed = new AbortController();
    const abandoned = AbortSignal.any([call.abandoned, failed.signal]);
    const one = async (input: JobInput<N>, at: number) => {
      const output = await this.#submit(job, input, { ...call, abandoned });
      done?.(at);
      return output;
    };
    return this.#admit(() =>
      Promise.all(inputs.map(one)).catch((error) => {
        failed.abort(error);
        throw error;
      }),
    );
  }

  /** How many cells each job of a request should have that has so many in all. */
  share(cells: number): number {
    return Math.max(LEAST_TILE_CELLS, cells / (this.#config.WORKERS * TILES_PER_WORKER));
  }

  /** The same where whoever asked waits for row after row. */
  shareOfRows(cells: number): number {
    return Math.min(ROWS_TILE_CELLS, this.share(cells));
  }

  /** Computes a matrix, row-major, on all workers: tiles of about equal cells, written into one shared array. */
  async cdist(record: MetricRecord, problem: CdistProblem, call: Call): Promise<Float64Array> {
    const { out, jobs } = tileJobs(record, problem, this.share(cellCount(record, problem)));
    await this.all('tile', jobs, call);
    return out;
  }

  /** When a request that is refused now may expect a place: the time the queue takes at the measured rate. */
  secondsUntilFree(): number {
    return Math.max(1, Math.ceil((this.#meanMs * this.#inFlight) / this.#config.WORKERS / 1000));
  }

  /** Ends the threads. Call it when nothing is in flight. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#threads.destroy();
  }

  /** Runs the work of one request, if there is room for it. */
  async #admit<T>(work: () => Promise<T>): Promise<T> {
    const { WORKERS, MAX_QUEUE } = this.#config;
    if (this.#inFlight >= WORKERS + MAX_QUEUE) {
      throw new Problem('queue_full', `${this.#inFlight - WORKERS} requests are waiting already: try again later`, {
        headers: { 'retry-after': String(this.secondsUntilFree()) },
      });
    }
    const started = performance.now();
    this.#inFlight++;
    try {
      return await work();
    } finally {
      this.#inFlight--;
      this.#meanMs += 0.05 * (performance.now() - started - this.#meanMs);
    }
  }

  /** Sends a job. Once aborted, one that runs is asked to stop by a flag, one that waits is taken out of the queue. */
  #submit<N extends JobName>(job: N, input: JobInput<N>, { abandoned, timing }: Call): Promise<JobOutput<N>> {
    abandoned.throwIfAborted();
    const flags = control();
    const queued = new AbortController();
    const sent = performance.now();
    const reply = this.#threads.run({ job, input, control: flags }, { signal: queued.signal }).then((found) => {
      if ('output' in found) {
        timing.compute += found.ms;
        timing.queue += performance.now() - sent - found.ms;
      }
      return outputOf<JobOutput<N>>(found);
    });
    return raceAbort(reply, abandoned, () => {
      Atomics.store(flags, CANCEL, 1);
      if (Atomics.load(flags, STARTED) === 0) queued.abort();
    });
  }
}

const control = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

function outputOf<T>(reply: Reply): T {
  if ('output' in reply) return reply.output as T;
  if ('cancelled' in reply) throw new Error('a job was cancelled that nobody had given up');
  const { code, detail, errors } = reply.problem;
  throw new Problem(code, detail, errors && { errors });
}

function raceAbort<T>(promise: Promise<T>, signal: AbortSignal, onAbort: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      onAbort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
