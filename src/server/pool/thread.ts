import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Answered, Message, Seat, Sent } from './message.ts';

/** A computation polls every millisecond or two; if it has not stopped this long after it was given up, it never will. */
const OVERDUE_MS = 100;

/** No library takes so long to load. */
const MOST_LOADING_MS = 10_000;

/**
 * The outcome of a job. `overdue`: it did not stop, so its thread was terminated. `lost`: it was being computed when its thread exited unexpectedly.
 * `displaced`: its thread ended while it was interrupted by another job.
 */
export type Outcome = Answered | { readonly ended: 'overdue' | 'lost' | 'displaced'; readonly cause?: unknown };

/** A job on a thread. */
interface OnThread<T> {
  readonly id: number;
  readonly job: T;
  readonly resolve: (outcome: Outcome) => void;
  /** Milliseconds it has been computed, up to the last time another one interrupted it. */
  ms: number;
  since: number;
  givenUp: boolean;
}

/** Occupies a worker thread: never resolves; rejects when the thread ends, which happens when the signal is aborted. */
export type TakeSeat = (seat: Seat, signal: AbortSignal) => Promise<unknown>;

/**
 * A worker thread, and the jobs on it: the last one is being computed, and each earlier one was interrupted by the next. A thread whose
 * job does not stop in time is terminated.
 */
export class Thread<T = unknown> {
  readonly #port: MessagePort;
  readonly #knock = new Int32Array(new SharedArrayBuffer(4));
  readonly #current = new Int32Array(new SharedArrayBuffer(8));
  readonly #jobs: OnThread<T>[] = [];
  readonly #end = new AbortController();
  readonly #ended: (how: 'overdue' | 'lost') => void;
  /** 0 stands for none. */
  #ids = 1;
  #isOpen = true;
  #timer: NodeJS.Timeout | undefined;

  /** @param ended called once, as soon as nothing can be sent to this thread any more */
  constructor(takeSeat: TakeSeat, ended: (how: 'overdue' | 'lost') => void) {
    this.#ended = ended;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (answered: Answered) => this.#answer(answered));
    port1.unref();
    const lost = (cause: unknown) => this.#close('lost', cause);
    takeSeat({ port: port2, knock: this.#knock, current: this.#current }, this.#end.signal).then(lost, lost);
  }

  /** The jobs; the last one is being computed. */
  get jobs(): readonly T[] {
    return this.#jobs.map(({ job }) => job);
  }

  /** Whether the last job is being computed, and was not given up. It is not before the one below it polls. */
  get isComputing(): boolean {
    const top = this.#jobs.at(-1);
    return top !== undefined && top === this.#computed && !top.givenUp;
  }

  /** How long the current job has been computed since it began or was last interrupted, in milliseconds. */
  get slice(): number {
    const top = this.#jobs.at(-1);
    return top ? performance.now() - top.since : 0;
  }

  /** How long the current job has been computed, in milliseconds. */
  get elapsed(): number {
    const top = this.#jobs.at(-1);
    return top ? top.ms + performance.now() - top.since : 0;
  }

  /** Computes a job now: the current one waits until it is done. Never rejects. */
  send(message: Message, job: T): Promise<Outcome> {
    this.#pause();
    const id = this.#ids++;
    const interrupts = this.#jobs.length > 0;
    return new Promise((resolve) => {
      this.#jobs.push({ id, job, resolve, ms: 0, since: performance.now(), givenUp: false });
      this.#port.postMessage({ ...message, id } satisfies Sent);
      // After the message, so that the thread finds it there.
      if (interrupts) Atomics.store(this.#knock, 0, 1);
    });
  }

  /** A job's flag has been raised: if it is the current one, it has a tenth of a second to stop. */
  giveUp(job: T): void {
    const found = this.#jobs.find((one) => one.job === job);
    if (found === undefined) return;
    found.givenUp = true;
    this.#watch();
  }

  /** The job that the thread is at: as it says, since messages take a while. */
  get #computed(): OnThread<T> | undefined {
    const id = Atomics.load(this.#current, 0);
    return this.#jobs.find((one) => one.id === id);
  }

  #answer(answered: Answered): void {
    const at = this.#jobs.findIndex(({ id }) => id === answered.id);
    if (at < 0) return; // it has ended in the meantime
    const [{ resolve }] = this.#jobs.splice(at, 1) as [OnThread<T>];
    const top = this.#jobs.at(-1);
    if (top && at === this.#jobs.length) top.since = performance.now();
    this.#watch();
    resolve(answered);
  }

  #pause(): void {
    const top = this.#jobs.at(-1);
    if (top) top.ms += performance.now() - top.since;
  }

  #watch(deadline = performance.now() + MOST_LOADING_MS): void {
    clearTimeout(this.#timer);
    if (!this.#jobs.some(({ givenUp }) => givenUp)) return;
    const before = this.#computed;
    const overdue = () => {
      // One that was interrupted has the same time once it goes on.
      // A library that is loading is needed by whoever comes next: ending the thread would only have it loaded once more.
      const isLoading = Atomics.load(this.#current, 1) === 1 && performance.now() < deadline;
      if (!before?.givenUp || this.#computed !== before || isLoading) return this.#watch(deadline);
      this.#close('overdue', undefined);
      this.#end.abort();
    };
    // A reply that arrived while the event loop was busy counts.
    this.#timer = setTimeout(() => setImmediate(overdue), OVERDUE_MS);
  }

  #close(how: 'overdue' | 'lost', cause: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#port.close();
    this.#ended(how);
    const computed = this.#computed ?? this.#jobs.at(-1);
    for (const one of this.#jobs.splice(0)) one.resolve({ ended: one === computed ? how : 'displaced', cause });
  }
}
