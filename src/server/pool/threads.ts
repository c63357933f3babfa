import { Piscina } from 'piscina';
import { kernelModule } from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import type { Message, Reply } from './message.ts';

/** Threads that compute let the event loop go first: it has little to do, and everybody waits for it. */
const NICE = 5;

/** So many threads lost within so long a time mean that something is wrong with the service, not with a request. */
const MANY = 5;
const WINDOW_MS = 60_000;

/**
 * Most heap of a thread in MiB: what it needs itself, and room for a body of the largest size, whose values and text take up to 28 times its
 * bytes (`[0],[0],` is the worst that bounded-json.ts lets through). Arrays of numbers lie outside of it; MAX_CELLS bounds them.
 */
const heapMegabytes = (maxBodyBytes: number): number => 256 + Math.ceil((28 * maxBodyBytes) / 2 ** 20);

/**
 * The threads. A message goes to one that is free; whoever sends more than there are threads waits inside piscina, first come, first
 * served. A thread that ends is replaced, and only what it was doing fails.
 */
export class Threads {
  readonly #piscina: Piscina<Message, Reply>;
  /** When threads were lost, of late. */
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
    // A thread that ends while it has nothing to do fails no request, and is replaced too. Without a listener it would end the process.
    this.#piscina.on('error', () => this.#lose());
  }

  /** Threads that ended unasked and were replaced, since the start. */
  get lost(): number {
    return this.#lost;
  }

  /** Whether threads have been ending one after the other. */
  get crashing(): boolean {
    const since = performance.now() - WINDOW_MS;
    this.#losses = this.#losses.filter((at) => at > since);
    return this.#losses.length >= MANY;
  }

  /** @throws Problem when the thread ends before it has answered */
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
    // piscina's threads do not keep the process alive, so that it could end before they have.
    const alive = setInterval(() => {}, 1000);
    await this.#piscina.destroy().finally(() => clearInterval(alive));
  }

  #lose(): void {
    this.#lost++;
    this.#losses.push(performance.now());
  }
}

/** Whether an error tells of the end of a thread, by its heap, an exit or a signal, and not of a failed job. */
const endedItsThread = (error: unknown): boolean =>
  error instanceof Error &&
  ((error as Error & { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    /^(worker exited with code|Terminating worker thread)/.test(error.message));
