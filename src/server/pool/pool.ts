import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { countShared } from '../memory/ballast.ts';
import type { Call, Caller } from './call.ts';
import type { Job, Reply } from './message.ts';
import { Scheduler } from './scheduler.ts';
import { Threads } from './threads.ts';
import type { Waiting } from './waiting.ts';

/** Pieces of a request per worker: enough that the threads finish together, few enough that sending them costs little. */
const PIECES_PER_WORKER = 8;
/** A smaller piece is not worth its message, and what it prepares for itself. */
const LEAST_CELLS = 500_000;
const LEAST_MS = 1;
/** A thread gets one piece if that is no longer than this: between two of them it waits for the event loop. It is over before it would be interrupted. */
const AT_ONCE_MS = 4;
/** What a piece prepares for itself takes up to 3 ms, for thousands of short series. A longer one would count as long, and wait behind others. */
const PIECE_MS = 15;
/** Long enough to be interrupted at once, and to be worth its messages several times. */
const BACKGROUND_PIECE_MS = 50;

/** The worker threads that compute, and the line before them. */
export class Pool {
  readonly #workers: number;
  readonly #threads: Threads<Waiting>;
  readonly #scheduler: Scheduler;
  #ready = false;

  constructor(config: Config, worker: URL) {
    this.#workers = config.WORKERS;
    this.#threads = new Threads(config, worker, () => this.#scheduler.dispatch());
    this.#scheduler = new Scheduler(config, this.#threads);
  }

  /** Whether every worker has answered its warm-up task. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether workers keep exiting unexpectedly. */
  get crashing(): boolean {
    return this.#threads.crashing;
  }

  /** How many workers exited unexpectedly and were replaced. */
  get restarts(): number {
    return this.#threads.lost;
  }

  /** How many workers were terminated because their job did not stop in time, and were replaced. */
  get terminated(): number {
    return this.#threads.terminated;
  }

  /** How many jobs and cells are waiting and running, and how long they will take. */
  get load(): Scheduler['load'] {
    return this.#scheduler.load;
  }

  /** @throws Problem `queue_full` if there is no room for even the smallest request of a caller */
  requireRoom(caller: Caller): void {
    this.#scheduler.requireRoom(0, 0, caller);
  }

  /** Makes every thread load and run what most requests need. */
  async warmUp(): Promise<void> {
    await this.#threads.warmUp();
    this.#ready = true;
  }

  /**
   * Does a job for each input of one request, of about equal size and `cells` in total, on as many workers as are free; the first one that fails
   * ends the others. Rejects at once when the request is abandoned, with the signal's reason; the workers are free after their next poll.
   * `done` is called for each that has finished.
   *
   * @throws Problem `queue_full`, at once, if there is no room
   */
  async run(
    job: string,
    inputs: readonly unknown[],
    cells: number,
    call: Call,
    done?: (at: number) => void,
  ): Promise<unknown[]> {
    for (const input of inputs) countShared(input);
    call.timing.cells += cells;
    const messages = inputs.map((input) => ({ job, input, jobs: inputs.length }));
    if (call.background) return this.#fewAtOnce(messages, cells, call);
    return this.#scheduler.run(messages, cells, call, (reply, at) => {
      const output = outputOf(reply);
      done?.(at);
      return output;
    });
  }

  /** Only as many wait as keep the threads busy: what waits has a place in the line that others would have to pass. */
  async #fewAtOnce(messages: readonly Job[], cells: number, call: Call): Promise<unknown[]> {
    const outputs: unknown[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < messages.length; at = next++) {
        const message = [messages[at] as Job];
        [outputs[at]] = await this.#scheduler.run(message, cells / messages.length, call, outputOf);
      }
    };
    try {
      await Promise.all(Array.from({ length: this.#workers + 1 }, work));
    } finally {
      next = messages.length; // after a failure no more are begun
    }
    return outputs;
  }

  /** Whether the speed of such requests has been measured. */
  hasMeasured(kind: string): boolean {
    return this.#scheduler.hasMeasured(kind);
  }

  /** The measured speed of one thread for such requests, in cells per millisecond. */
  perMs({ kind }: Pick<Call, 'kind'>): number {
    return this.#scheduler.perMs(kind);
  }

  /**
   * How many cells each job of a request should have, given its total and its kind.
   *
   * @param soon whether the answer is written while it is computed, so that the first part of it should be there soon
   */
  share(cells: number, { kind, background }: Call, soon = false): number {
    const perMs = this.#scheduler.perMs(kind);
    if (background) return BACKGROUND_PIECE_MS * perMs;
    const least = Math.max(LEAST_CELLS, LEAST_MS * perMs);
    if (cells <= least) return least;
    // As many for each thread, so that at the end none waits for another.
    const each = cells / this.#workers;
    if (!soon && each <= AT_ONCE_MS * perMs) return each;
    const piece = Math.min(Math.max(least, each / PIECES_PER_WORKER), PIECE_MS * perMs);
    return each / Math.ceil(each / piece);
  }

  /** Ends the threads. Call this when nothing is in flight. */
  async close(): Promise<void> {
    await this.#threads.close();
  }
}

function outputOf(reply: Reply): unknown {
  if ('output' in reply) {
    countShared(reply.output);
    return reply.output;
  }
  if ('bug' in reply) throw reply.bug;
  if ('cancelled' in reply) throw new Error('a job was cancelled that nobody had given up');
  const { code, detail, errors, headers } = reply.problem;
  throw new Problem(code, detail, { headers, ...(errors && { errors }) });
}
