import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Answered, Message, Seat, Sent } from './message.ts';

/** A computation polls every millisecond or two; so long after it was given up, it is not going to. */
const OVERDUE_MS = 100;

/**
 * How a job came out. `overdue`: it did not give up, so its thread was ended. `lost`: it was being computed when its thread ended unasked.
 * `displaced`: its thread ended while it waited there for another one.
 */
export type Outcome = Answered | { readonly ended: 'overdue' | 'lost' | 'displaced'; readonly cause?: unknown };

/** A job on a thread. */
interface OnThread<T> {
  readonly id: number;
  readonly job: T;
  readonly resolve: (outcome: Outcome) => void;
  /** Milliseconds it has been computed, up to the last time another one went before it. */
  ms: number;
  since: number;
  givenUp: boolean;
}

/** Takes a seat on a worker thread: never resolved, rejected when the thread ends, which it does when the signal is aborted. */
export type TakeSeat = (seat: Seat, signal: AbortSignal) => Promise<unknown>;

/**
 * A worker thread, and the jobs on it: the last one is being computed, and each one before it was interrupted by the next. A thread whose
 * job does not give up when it should is ended.
 */
export class Thread<T = unknown> {
  readonly #port: MessagePort;
  readonly #knock = new Int32Array(new SharedArrayBuffer(4));
  readonly #jobs: OnThread<T>[] = [];
  readonly #end = new AbortController();
  readonly #ended: (how: 'overdue' | 'lost') => void;
  #ids = 0;
  #isOpen = true;
  #timer: NodeJS.Timeout | undefined;

  /** @param ended told once, as soon as nothing can be sent to this thread any more */
  constructor(takeSeat: TakeSeat, ended: (how: 'overdue' | 'lost') => void) {
    this.#ended = ended;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (answered: Answered) => this.#answer(answered));
    port1.unref();
    const lost = (cause: unknown) => this.#close('lost', cause);
    takeSeat({ port: port2, knock: this.#knock }, this.#end.signal).then(lost, lost);
  }

  /** The jobs, the one that is being computed last. */
  get jobs(): readonly T[] {
    return this.#jobs.map(({ job }) => job);
  }

  /** How long the job that is being computed has been, in milliseconds. */
  get elapsed(): number {
    const top = this.#jobs.at(-1);
    return top ? top.ms + performance.now() - top.since : 0;
  }

  /** Computes a job now: what is being computed waits until it is done. Never rejected. */
  send(message: Message, job: T): Promise<Outcome> {
    this.#pause();
    const id = this.#ids++;
    const interrupts = this.#jobs.length > 0;
    return new Promise((resolve) => {
      this.#jobs.push({ id, job, resolve, ms: 0, since: performance.now(), givenUp: false });
      this.#port.postMessage({ ...message, id } satisfies Sent);
      // After the message: a thread that is knocked for finds it there.
      if (interrupts) Atomics.store(this.#knock, 0, 1);
    });
  }

  /** A job's flag has been raised: if it is being computed, it has a tenth of a second left. */
  giveUp(job: T): void {
    const found = this.#jobs.find((one) => one.job === job);
    if (found === undefined) return;
    found.givenUp = true;
    this.#watch();
  }

  #answer(answered: Answered): void {
    const at = this.#jobs.findIndex(({ id }) => id === answered.id);
    if (at < 0) return; // it has been ended meanwhile
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

  #watch(): void {
    clearTimeout(this.#timer);
    const top = this.#jobs.at(-1);
    if (!top?.givenUp) return;
    const overdue = () => {
      if (this.#jobs.at(-1) !== top) return;
      this.#close('overdue', undefined);
      this.#end.abort();
    };
    // An answer that has come while the event loop was busy counts.
    this.#timer = setTimeout(() => setImmediate(overdue), OVERDUE_MS);
  }

  #close(how: 'overdue' | 'lost', cause: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#port.close();
    this.#ended(how);
    this.#jobs.pop()?.resolve({ ended: how, cause });
    for (const { resolve } of this.#jobs.splice(0)) resolve({ ended: 'displaced', cause });
  }
}
