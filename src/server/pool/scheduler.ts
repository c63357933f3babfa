import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import type { Call } from './call.ts';
import { isLong, Line, type Waiting } from './line.ts';
import type { Job, Message, Reply } from './message.ts';
import { Rates } from './rates.ts';
import type { Outcome, Thread } from './thread.ts';
import type { Threads } from './threads.ts';

/** A cell of a price takes about a nanosecond. */
const CELLS_PER_MS = 1e6;
/** A request has a cost besides its cells: no more than this many may wait, however small they are. */
const MOST_REQUESTS = 4000;
/** The part of the queue that long requests may fill; the rest is kept for short ones. */
const LONG_PART = 0.75;
/** While short requests keep coming within this many milliseconds, one thread is kept free of long jobs. */
const SHORT_MEMORY_MS = 1000;

/** Decides what runs next. No job is sent before a thread is free for it, so that the order is decided only here. */
export class Scheduler {
  readonly #workers: number;
  readonly #maxQueue: number;
  /** The minimum that a request counts as in the queue, in cells. */
  readonly #leastCells: number;
  readonly #longestWait: number;
  readonly #threads: Threads<Waiting>;
  readonly #line = new Line();
  readonly #rates = new Rates();
  #lastShort = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor({ WORKERS, MAX_QUEUE, REQUEST_TIMEOUT_MS }: Config, threads: Threads<Waiting>) {
    this.#workers = WORKERS;
    this.#maxQueue = MAX_QUEUE;
    this.#leastCells = Math.max(1, MAX_QUEUE / MOST_REQUESTS);
    this.#longestWait = REQUEST_TIMEOUT_MS / 2;
    this.#threads = threads;
  }

  /** What is running and what is waiting. */
  get load() {
    const { jobs, cells } = this.#line;
    return { running: this.#running.length, jobs, cells, seconds: this.#secondsUntilFree() };
  }

  /** The measured speed of one thread, in cells per millisecond. */
  perMs(kind: string): number {
    return this.#rates.perMs(kind);
  }

  /**
   * Does the jobs of one request, of about equal size and `cells` in total. Rejects at once if it is abandoned or a job fails; the others
   * are then given up.
   *
   * @param read receives each reply
   * @throws Problem `queue_full` if there is no room
   */
  async run<T>(jobs: readonly Job[], cells: number, call: Call, read: (reply: Reply, at: number) => T): Promise<T[]> {
    const { kind, abandoned, timing } = call;
    abandoned.throwIfAborted();
    if (jobs.length === 0) return [];
    const ms = this.#rates.milliseconds({ kind, cells });
    // What was faster than its price of late, because it was pruned, takes less room in the queue too.
    const expected = Math.min(cells, ms * CELLS_PER_MS);
    this.requireRoom(expected, ms);
    if (!isLong({ ms })) this.#lastShort = performance.now();

    const joined = performance.now();
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const { promise, resolve, reject } = Promise.withResolvers<T[]>();
    const outputs: T[] = [];
    const running = new Map<Waiting, Thread<Waiting>>();
    let open = jobs.length;
    const one = (message: Job, at: number): Waiting => {
      const waiting: Waiting = {
        ms: ms / jobs.length,
        cells: Math.max(this.#leastCells, expected) / jobs.length,
        start: async (thread) => {
          if (open === jobs.length) timing.queue += performance.now() - joined;
          running.set(waiting, thread);
          try {
            const outcome = await this.#send(thread, waiting, { ...message, cancel });
            if ('ms' in outcome) {
              timing.compute += outcome.ms;
              call.ran?.(message.job, outcome.ms);
              this.#rates.observe({ kind, cells: cells / jobs.length }, outcome.ms);
            }
            outputs[at] = read(replyOf(outcome), at);
            if (--open === 0) resolve(outputs);
          } catch (error) {
            giveUp(error);
          } finally {
            running.delete(waiting);
          }
        },
      };
      return waiting;
    };
    const leave = this.#line.join(jobs.map(one));
    const giveUp = (reason: unknown) => {
      Atomics.store(cancel, 0, 1);
      for (const leaveLine of leave) leaveLine();
      for (const [waiting, thread] of running) thread.giveUp(waiting);
      reject(reason);
    };
    const abandon = () => giveUp(abandoned.reason);
    abandoned.addEventListener('abort', abandon);
    this.dispatch();
    return promise.finally(() => abandoned.removeEventListener('abort', abandon));
  }

  /**
   * Checks that there is room for a request of this many cells that takes this long.
   *
   * @throws Problem `queue_full`, with the time until there is room
   */
  requireRoom(cells: number, ms: number): void {
    const waiting = this.#line.cells;
    if (this.#line.jobs === 0 && this.#running.length < this.#workers) return;
    const seconds = this.#secondsUntilFree();
    const tooLate = isLong({ ms }) && this.#line.ms / this.#workers > this.#longestWait;
    const room = isLong({ ms }) ? LONG_PART * this.#maxQueue : this.#maxQueue;
    if (!tooLate && waiting + Math.max(cells, this.#leastCells) <= room) return;
    throw new Problem(
      'queue_full',
      `${Math.round(waiting)} cells are already waiting, about ${seconds.toFixed(1)} s of work; this request needs ${Math.round(cells)}, and the queue holds ${room}: try again later`,
      { headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } },
    );
  }

  /** Starts every job that may start. */
  dispatch(): void {
    for (const thread of this.#threads.ready) {
      if (thread.jobs.length > 0) continue;
      const next = this.#line.next(this.#longMayStart());
      if (next === undefined) break;
      next.start(thread);
    }
    if (this.#timer || this.#line.jobs === 0 || this.#running.length === this.#workers) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.dispatch();
    }, SHORT_MEMORY_MS / 4).unref();
  }

  get #running(): Waiting[] {
    return [...this.#threads.ready].flatMap(({ jobs }) => jobs);
  }

  /** Long jobs leave one thread to short ones while those keep coming. */
  #longMayStart(): boolean {
    if (performance.now() - this.#lastShort > SHORT_MEMORY_MS) return true;
    const long = this.#running.filter(isLong).length;
    return long < Math.max(1, this.#workers - 1);
  }

  async #send(thread: Thread<Waiting>, job: Waiting, message: Message): Promise<Outcome> {
    try {
      return await thread.send(message, job);
    } finally {
      this.dispatch();
    }
  }

  /** How long all running and waiting jobs will take, at the measured speed. */
  #secondsUntilFree(): number {
    const running = this.#running.reduce((sum, { ms }) => sum + ms, 0);
    return (running + this.#line.ms) / this.#workers / 1000;
  }
}

function replyOf(outcome: Outcome): Reply {
  if ('reply' in outcome) return outcome.reply;
  throw new Problem('worker_lost', 'the thread that computed this request exited before it finished: try again', {
    cause: outcome.cause,
  });
}
