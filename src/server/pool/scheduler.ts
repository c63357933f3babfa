import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { Admission } from './admission.ts';
import type { Call, Caller } from './call.ts';
import { Line } from './line.ts';
import type { Job, Reply } from './message.ts';
import { CELLS_PER_MS, Rates } from './rates.ts';
import type { Outcome, Thread } from './thread.ts';
import type { Threads } from './threads.ts';
import { isLong, MOST_MS, type Waiting } from './waiting.ts';

/** A job that has been computed for this long may be interrupted: others would notice waiting for it. */
const SLICE_MS = 5;
/** The most of a job's time that another one of its caller may take in the middle of it: others of its caller's wait as long. */
const MOST_OF_INTERRUPTED = 1 / 4;
/** How many jobs may be on one thread: one is being computed, the others were interrupted. */
const MOST_ON_A_THREAD = 4;
/** While another caller has asked within this many milliseconds, the long jobs of one leave it a thread. */
const CALLER_MEMORY_MS = 1000;
/** How often a job is recomputed if its thread ended while it was interrupted. */
const RETRIES = 1;

/** Decides what runs next. No job is sent before a thread has a place for it, so that the order is decided only here. */
export class Scheduler {
  readonly #workers: number;
  readonly #threads: Threads<Waiting>;
  readonly #line = new Line();
  readonly #admission: Admission;
  readonly #rates = new Rates();
  /** What each running job has been charged for, in milliseconds. */
  readonly #charged = new Map<Waiting, number>();
  /** When each caller last asked. */
  readonly #lastAsked = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(config: Config, threads: Threads<Waiting>) {
    this.#workers = config.WORKERS;
    this.#threads = threads;
    this.#admission = new Admission(config, this.#line);
  }

  /** What is running and what is waiting. */
  get load() {
    const { jobs, cells, ms } = this.#line;
    return { running: this.#charged.size, jobs, cells, seconds: (this.#runningMs + ms) / this.#workers / 1000 };
  }

  /** Whether the speed of such work has been measured. */
  hasMeasured(kind: string): boolean {
    return this.#rates.has(kind);
  }

  /** The measured speed of one thread, in cells per millisecond. */
  perMs(kind: string): number {
    return this.#rates.perMs(kind);
  }

  /**
   * Runs the jobs of one request, of about equal size and `cells` in total. Rejects at once if it is abandoned or a job fails; the others
   * are then given up.
   *
   * @param read receives each reply
   * @throws Problem `queue_full` if there is no room
   */
  async run<T>(jobs: readonly Job[], cells: number, call: Call, read: (reply: Reply, at: number) => T): Promise<T[]> {
    const { kind, abandoned, timing, caller } = call;
    abandoned.throwIfAborted();
    if (jobs.length === 0) return [];
    const each = { kind, cells: cells / jobs.length };
    const ms = this.#rates.milliseconds({ kind, cells });
    // Work that was recently faster than its price, because it was pruned, takes less room in the queue too.
    const expected = Math.min(cells, ms * CELLS_PER_MS);
    if (!call.background) {
      this.requireRoom(expected, ms, caller);
      this.#lastAsked.delete(caller.id);
      this.#lastAsked.set(caller.id, performance.now());
    }

    const joined = performance.now();
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const { promise, resolve, reject } = Promise.withResolvers<T[]>();
    const outputs: T[] = [];
    const running = new Map<Waiting, Thread<Waiting>>();
    const leave = new Set<() => boolean>();
    let open = jobs.length;
    let waits = true;
    const one = (message: Job, at: number): Waiting => {
      let retries = RETRIES;
      const waiting: Waiting = {
        ms: ms / jobs.length,
        cells: Math.max(this.#admission.leastCells, expected) / jobs.length,
        caller,
        background: call.background,
        start: async (thread) => {
          if (waits) timing.queue += performance.now() - joined;
          waits = false;
          running.set(waiting, thread);
          const outcome = await this.#send(thread, waiting, { ...message, cancel });
          running.delete(waiting);
          if ('ms' in outcome) {
            timing.compute += outcome.ms;
            call.ran?.(message.job, outcome.ms);
            if ('output' in outcome.reply) this.#rates.observe(each, outcome.ms);
            else if ('cancelled' in outcome.reply) this.#rates.observeStopped(each, outcome.ms);
          } else if (outcome.ended === 'overdue') {
            this.#rates.observeStopped(each, outcome.elapsed);
          } else if (outcome.ended === 'displaced' && Atomics.load(cancel, 0) === 0 && retries-- > 0) {
            join([waiting]);
            this.dispatch();
            return;
          }
          try {
            outputs[at] = read(replyOf(outcome), at);
            if (--open === 0) resolve(outputs);
          } catch (error) {
            giveUp(error);
          }
        },
      };
      return waiting;
    };
    const join = (some: readonly Waiting[]) => {
      for (const leaveLine of this.#line.join(some)) leave.add(leaveLine);
    };
    const giveUp = (reason: unknown) => {
      Atomics.store(cancel, 0, 1);
      for (const leaveLine of leave) leaveLine();
      for (const [waiting, thread] of running) thread.giveUp(waiting);
      reject(reason);
    };
    join(jobs.map(one));
    const abandon = () => giveUp(abandoned.reason);
    abandoned.addEventListener('abort', abandon);
    this.dispatch();
    return promise.finally(() => abandoned.removeEventListener('abort', abandon));
  }

  /** @throws Problem `queue_full` if there is no room for this many more cells of a caller, which take this long */
  requireRoom(cells: number, ms: number, caller: Caller): void {
    if (this.#line.jobs === 0 && this.#charged.size < this.#workers) return;
    this.#admission.require(cells, ms, caller, this.#runningMs);
  }

  /** Starts every job that may start: on idle threads, then by interrupting long jobs. */
  dispatch(): void {
    this.#chargeRunning();
    for (const thread of this.#threads.ready) {
      if (thread.jobs.length > 0) continue;
      const next = this.#line.next((job) => !isLong(job) || job.background || this.#mayHold(job.caller));
      if (next === undefined) break;
      next.start(thread);
    }
    if (this.#line.jobs > 0) {
      for (const thread of this.#threads.ready) {
        if (this.#isInterruptible(thread)) this.#line.next((job) => this.#mayInterrupt(job, thread))?.start(thread);
      }
    }
    if (this.#timer || this.#line.jobs === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.dispatch();
    }, SLICE_MS).unref();
  }

  /** Whether a caller's long job may take a thread: the last one is left to other callers while they keep asking. */
  #mayHold({ id }: Caller): boolean {
    if (!this.#othersAsk(id)) return true;
    const held = [...this.#threads.ready].filter(({ jobs }) => jobs.some((job) => job.caller.id === id && isLong(job)));
    return held.length < Math.max(1, this.#workers - 1);
  }

  #othersAsk(id: string): boolean {
    const since = performance.now() - CALLER_MEMORY_MS;
    for (const [other, at] of this.#lastAsked) {
      if (at < since) this.#lastAsked.delete(other);
      else if (other !== id) return true;
    }
    return false;
  }

  #isInterruptible(thread: Thread<Waiting>): boolean {
    const top = thread.jobs.at(-1);
    if (top === undefined || thread.jobs.length >= MOST_ON_A_THREAD || !thread.isComputing) return false;
    return isLong(top) || thread.elapsed >= SLICE_MS;
  }

  /** A job may interrupt a much longer one of its own caller; any other only those of others, so that it is not the caller's own work that it delays. */
  #mayInterrupt(job: Waiting, thread: Thread<Waiting>): boolean {
    const { jobs } = thread;
    const own = jobs.filter(({ caller }) => caller.id === job.caller.id).length;
    const top = jobs.at(-1) as Waiting;
    // As often as they like, a caller's short jobs would leave its long ones nothing: these get two thirds of the thread at least.
    if (own > 0)
      return job.ms <= MOST_OF_INTERRUPTED * top.ms && own < 2 && thread.slice >= Math.min(SLICE_MS, 2 * job.ms);
    return (!isLong(job) || jobs.length === 1) && this.#line.isBehind(job.caller, top.caller);
  }

  /** A job that takes longer than expected is charged for it while it runs. */
  #chargeRunning(): void {
    for (const thread of this.#threads.ready) {
      const top = thread.jobs.at(-1);
      if (top && thread.isComputing) this.#charge(top, thread.elapsed, false);
    }
  }

  #charge(job: Waiting, ms: number, isAll: boolean): void {
    const charged = this.#charged.get(job);
    if (charged === undefined || (ms <= charged && !isAll)) return;
    this.#line.charge(job.caller, ms - charged);
    this.#charged.set(job, ms);
  }

  async #send(
    thread: Thread<Waiting>,
    job: Waiting,
    message: Job & { readonly cancel: Int32Array },
  ): Promise<Outcome & { elapsed: number }> {
    const started = performance.now();
    this.#charged.set(job, Math.min(job.ms, MOST_MS));
    const outcome = await thread.send(message, job);
    const elapsed = performance.now() - started;
    if ('ms' in outcome) this.#charge(job, outcome.ms, true);
    this.#charged.delete(job);
    this.dispatch();
    return { ...outcome, elapsed };
  }

  get #runningMs(): number {
    let sum = 0;
    for (const { ms } of this.#charged.keys()) sum += ms;
    return sum;
  }
}

function replyOf(outcome: Outcome): Reply {
  if ('reply' in outcome) return outcome.reply;
  throw new Problem('worker_lost', 'the thread that computed this request exited before it finished: try again', {
    cause: outcome.cause,
  });
}
