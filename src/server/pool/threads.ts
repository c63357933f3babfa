import { Piscina } from 'piscina';
import { kernelModule } from '../../core/server-door.ts';
import { codeDigest } from '../code-digest.ts';
import type { Config } from '../config.ts';
import type { Seat } from './message.ts';
import { settleTfjsEngine } from './tfjs-engine.ts';
import { type TakeSeat, Thread } from './thread.ts';

/** Computing threads yield to the event loop: it has little to do, and everybody waits for it. */
const NICE = 5;

/** This many threads lost within this time mean that something is wrong with the service, not with a request. */
const MANY = 5;
const WINDOW_MS = 60_000;

/** A thread that ends before it is ready would do so again. */
const RETRY_MS = 1000;

/**
 * The heap limit of a thread in MiB: what it needs itself, plus room for a body of the largest size, whose values and text take up to 28 times its
 * bytes (`[0],[0],` is the worst that bounded-json.ts lets through), but no more than all requests together may take: what they need is taken from
 * that before a thread begins, so that the heaps of all threads together stay within it. Arrays of numbers are outside the heap.
 */
const heapMegabytes = ({ MAX_BODY_BYTES, MAX_MEMORY_BYTES }: Config): number =>
  128 + Math.ceil(Math.min(28 * MAX_BODY_BYTES, MAX_MEMORY_BYTES) / 2 ** 20);

/** Where threads keep envelopes: with the data sets that were read from a bucket, if those are kept on the disk of this machine. */
const envelopeFolder = ({ STORE_URL, STORE_CACHE, STORE_CACHE_BYTES }: Config) =>
  STORE_URL.startsWith('s3:') && STORE_CACHE_BYTES > 0
    ? { folder: STORE_CACHE, bytes: STORE_CACHE_BYTES, code: codeDigest() }
    : undefined;

/**
 * The threads. piscina starts and ends them; each is occupied as long as it lives by a task that gives it a port of its own. One that ends
 * is replaced, and nothing waits for the new one while it loads.
 */
export class Threads<T> {
  readonly #piscina: Piscina<Seat, never>;
  readonly #ready = new Set<Thread<T>>();
  readonly #changed: () => void;
  /** When threads were recently lost. */
  #losses: number[] = [];
  #lost = 0;
  #terminated = 0;
  #closing = false;

  /** @param changed called when a thread has become ready, or has ended */
  constructor(config: Config, code: URL, changed: () => void) {
    const { WORKERS, TFJS_ENGINE } = config;
    this.#changed = changed;
    this.#piscina = new Piscina({
      filename: code.href,
      minThreads: WORKERS,
      maxThreads: WORKERS,
      niceIncrement: NICE,
      idleTimeout: Number.POSITIVE_INFINITY,
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes(config) },
      workerData: {
        tfjsEngine: settleTfjsEngine(TFJS_ENGINE).engine,
        kernels: kernelModule(),
        envelopes: envelopeFolder(config),
      },
    });
    // A thread that ends before it is occupied. Without a listener, the error would end the process.
    this.#piscina.on('error', () => this.#lose());
  }

  /** Those that can compute. */
  get ready(): ReadonlySet<Thread<T>> {
    return this.#ready;
  }

  /** How many threads exited unexpectedly and were replaced, since the start. */
  get lost(): number {
    return this.#lost;
  }

  /** How many threads were terminated because their job did not stop, and were replaced, since the start. */
  get terminated(): number {
    return this.#terminated;
  }

  /** Whether threads keep exiting unexpectedly. */
  get crashing(): boolean {
    const since = performance.now() - WINDOW_MS;
    this.#losses = this.#losses.filter((at) => at > since);
    return this.#losses.length >= MANY;
  }

  /** Makes every thread load and run what most requests need. @throws Error if one ends before it is ready */
  async warmUp(): Promise<void> {
    const { minThreads } = this.#piscina.options;
    await Promise.all(Array.from({ length: minThreads }, () => this.#start()));
  }

  async close(): Promise<void> {
    this.#closing = true;
    // piscina's threads do not keep the process alive, so it could exit before they have ended.
    const alive = setInterval(() => {}, 1000);
    await this.#piscina.destroy().finally(() => clearInterval(alive));
  }

  async #start(): Promise<void> {
    const takeSeat: TakeSeat = (seat, signal) => this.#piscina.run(seat, { transferList: [seat.port], signal });
    const thread: Thread<T> = new Thread(takeSeat, (how) => this.#replace(thread, how));
    // A thread that is not ready has no job.
    const outcome = await thread.send({ warmUp: true, cancel: new Int32Array(1) }, undefined as T);
    if (this.#closing) return;
    if ('ended' in outcome) throw new Error('a thread ended before it was ready', { cause: outcome.cause });
    if ('bug' in outcome.reply) throw outcome.reply.bug;
    this.#ready.add(thread);
    this.#changed();
  }

  async #replace(thread: Thread<T>, how: 'overdue' | 'lost'): Promise<void> {
    const wasReady = this.#ready.delete(thread);
    if (this.#closing) return;
    if (how === 'overdue') this.#terminated++;
    else this.#lose();
    // Otherwise whoever waits for it to become ready is notified.
    if (wasReady) await this.#restart();
  }

  async #restart(): Promise<void> {
    try {
      await this.#start();
    } catch {
      // Lost and counted. The next one may survive.
      if (!this.#closing) setTimeout(() => this.#restart(), RETRY_MS).unref();
    }
  }

  #lose(): void {
    this.#lost++;
    this.#losses.push(performance.now());
  }
}
