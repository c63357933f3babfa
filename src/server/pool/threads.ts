import { Piscina } from 'piscina';
import { kernelModule } from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import type { Message, Reply } from './message.ts';

/** Computing threads yield to the event loop: it has little to do, and everybody waits for it. */
const NICE = 5;

/** This many threads lost within this time mean that something is wrong with the service, not with a request. */
const MANY = 5;
const WINDOW_MS = 60_000;

/**
 * The heap limit of a thread in MiB: what it needs itself, plus room for a body of the largest size, whose values and text take up to 28 times its
 * bytes (`[0],[0],` is the worst that bounded-json.ts lets through). Arrays of numbers are outside the heap and bounded by MAX_CELLS.
 */
const heapMegabytes = (maxBodyBytes: number): number => 256 + Math.ceil((28 * maxBodyBytes) / 2 ** 20);

/**
 * The threads. A message goes to one that is free; further messages wait inside piscina, first come, first
 * served. A thread that exits is replaced, and only what it was doing fails.
 */
export class Threads {
  readonly #piscina: Piscina<Message, Reply>;
  /** When threads were recently lost. */
  #losses: number[] = [];
  #lost = 0;

  constructor({ WORKERS, TFJS_ENGINE, MAX_BODY_BYTES }: Config, worker: URL) {
    this.#piscina = new Piscina({
      filename: worker.href,
      minThreads: WORKERS,
      maxThreads: WORKERS,
      niceIncrement: NICE,
      idleTimeout: Number.POSITIVE_INFINITY,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes(MAX_BODY_BYTES) },
      workerData: { tfjsEngine: TFJS_ENGINE, kernels: kernelModule() },
    });
    // An idle thread that exits fails no request, and is replaced too. Without a listener, the error would end the process.
    this.#piscina.on('error', () => this.#lose());
  }

  /** How many threads exited unexpectedly and were replaced, since the start. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether threads keep exiting unexpectedly. */
  get crashing(): boolean {
    const since = performance.now() - WINDOW_MS;
    this.#losses = this.#losses.filter((at) => at > since);
    return this.#losses.length >= MANY;
  }

  /** @throws Problem if the thread exits before it has replied */
  async send(message: Message): Promise<Reply> {
    try {
      return await this.#piscina.run(message);
    } catch (error) {
      if (!endedItsThread(error)) throw error;
      this.#lose();
      throw new Problem('worker_lost', 'the thread that computed this request exited before it finished: try again', {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    // piscina's threads do not keep the process alive, so it could exit before they have ended.
    const alive = setInterval(() => {}, 1000);
    await this.#piscina.destroy().finally(() => clearInterval(alive));
  }

  #lose(): void {
    this.#lost++;
    this.#losses.push(performance.now());
  }
}

/** Whether an error means that a thread ended (its heap, an exit, a signal), rather than that a job failed. */
const endedItsThread = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as Error & { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    /^(worker exited with code|Terminating worker thread)/.test(error.message));
