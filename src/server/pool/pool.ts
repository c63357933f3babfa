import { Piscina } from 'piscina';
import { InvalidInput, type Solution } from '../../core/index.ts';
import type { Config } from '../config.ts';
import { inputProblem, Problem } from '../errors.ts';
import { CANCEL, type EvaluateTask, type Message, type Reply, STARTED } from './task.ts';

/** The worker threads that compute. */
export class Pool {
  readonly #config: Config;
  readonly #threads: Piscina<Message, Reply>;
  #inFlight = 0;
  #meanMs = 10;
  #ready = false;
  #closing = false;

  constructor(config: Config) {
    this.#config = config;
    this.#threads = new Piscina({
      filename: new URL('./worker.ts', import.meta.url).href,
      minThreads: config.WORKERS,
      maxThreads: config.WORKERS,
      idleTimeout: Number.POSITIVE_INFINITY,
      workerData: { tfjsEngine: config.TFJS_ENGINE },
    });
  }

  /** Whether every worker has answered its warm-up task. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Tasks that are running or waiting. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Makes every thread load and run all it will need. */
  async warmUp(): Promise<void> {
    const workers = this.#config.WORKERS;
    const arrived = new Int32Array(new SharedArrayBuffer(4));
    const warm = () => this.#threads.run({ kind: 'warm-up', arrived, workers, control: control() });
    try {
      await Promise.all(Array.from({ length: workers }, warm));
      this.#ready = true;
    } catch (error) {
      if (!this.#closing) throw error;
    }
  }

  /**
   * Computes a task. Once `signal` is aborted the promise is rejected at once with the signal's reason, and the worker is free
   * again after its next poll: a task that runs is asked to stop by a flag, one that waits is taken out of the queue.
   */
  async run(task: EvaluateTask, signal: AbortSignal): Promise<Solution> {
    const { WORKERS, MAX_QUEUE } = this.#config;
    if (this.#inFlight >= WORKERS + MAX_QUEUE) {
      throw new Problem('queue_full', `${this.#inFlight - WORKERS} requests are waiting already: try again later`, {
        headers: { 'retry-after': String(this.secondsUntilFree()) },
      });
    }
    signal.throwIfAborted();
    const flags = control();
    const queued = new AbortController();
    const started = performance.now();
    this.#inFlight++;
    const reply = this.#threads.run({ ...task, control: flags }, { signal: queued.signal }).finally(() => {
      this.#inFlight--;
      this.#meanMs += 0.05 * (performance.now() - started - this.#meanMs);
    });
    return await raceAbort(reply.then(solutionOf), signal, () => {
      Atomics.store(flags, CANCEL, 1);
      if (Atomics.load(flags, STARTED) === 0) queued.abort();
    });
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
}

const control = (): Int32Array => new Int32Array(new SharedArrayBuffer(8));

function solutionOf(reply: Reply): Solution {
  if ('solution' in reply) return reply.solution;
  if ('invalid' in reply) {
    const { message, path, code } = reply.invalid;
    throw inputProblem(new InvalidInput(message, path, code));
  }
  throw new Error('a task was cancelled that nobody had given up');
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
