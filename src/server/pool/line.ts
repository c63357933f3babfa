import type { Caller } from './call.ts';
import { Flow } from './flow.ts';
import { MOST_MS, type Waiting } from './waiting.ts';

/** A caller that was given more than its share waits at most this many milliseconds by its weight for others to catch up. */
const MOST_DEBT_MS = 1000;

/** Flows of callers that do not wait are discarded when there are this many. */
const MANY = 256;

/**
 * The waiting jobs in a fair order, by caller: start-time fair queueing (Goyal, Vin and Cheng, 1996). Callers that wait are given time in
 * proportion to their shares, however many requests each has; `flow.ts` says in which order a caller's own requests are served. A job counts for
 * what it is expected to take when it starts, and for what it really took as soon as that is known.
 */
export class Line {
  readonly #flows = new Map<string, Flow>();
  #now = 0;

  /** The number of jobs waiting. */
  get jobs(): number {
    return this.#sum((flow) => flow.jobs);
  }

  /** Their cells in total. */
  get cells(): number {
    return this.#sum((flow) => flow.cells);
  }

  /** The time that a single thread would take for them. */
  get ms(): number {
    return this.#sum((flow) => flow.ms);
  }

  /** The cells that one caller has waiting, and how long this many threads will take for them, in milliseconds, with its share among all waiting callers. */
  of({ id, share }: Caller, threads: number): { cells: number; wait: number } {
    const own = this.#flows.get(id);
    if (own === undefined) return { cells: 0, wait: 0 };
    let shares = share;
    for (const [other, flow] of this.#flows) if (other !== id && flow.jobs > 0) shares += flow.share;
    const ours = (threads * share) / shares;
    return { cells: own.cells, wait: (own.ms / ours) * own.slowness(ours) };
  }

  /** Lines up the jobs of one request, in order. Returns a function for each that removes it, and says whether it was still there. */
  join(jobs: readonly Waiting[]): (() => boolean)[] {
    const [first] = jobs;
    if (first === undefined) return [];
    const flow = this.#flowOf(first.caller);
    if (flow.jobs === 0) flow.begin = Math.max(flow.begin, this.#now);
    return flow.join(jobs);
  }

  /** Removes and returns the job whose turn it is among those that may start. */
  next(may: (job: Waiting) => boolean = () => true): Waiting | undefined {
    let turn: Flow | undefined;
    for (const flow of this.#flows.values()) {
      if (flow.jobs > 0 && (turn === undefined || flow.begin < turn.begin) && flow.peek(may)) turn = flow;
    }
    const job = turn?.next(may);
    if (turn === undefined || job === undefined) return undefined;
    this.#now = Math.max(this.#now, turn.begin);
    turn.begin += Math.min(job.ms, MOST_MS) / turn.share;
    return job;
  }

  /** Whether one caller has received no more of its share than another. */
  isBehind(one: Caller, other: Caller): boolean {
    return this.#beginOf(one) <= this.#beginOf(other);
  }

  /** Counts milliseconds that a job took beyond what it was charged at its start; negative if it took less. */
  charge(caller: Caller, ms: number): void {
    const flow = this.#flowOf(caller);
    flow.begin = Math.min(flow.begin + ms / flow.share, this.#now + MOST_DEBT_MS / flow.share);
  }

  #beginOf({ id }: Caller): number {
    return Math.max(this.#now, this.#flows.get(id)?.begin ?? 0);
  }

  #flowOf({ id, share }: Caller): Flow {
    let flow = this.#flows.get(id);
    if (flow === undefined) {
      if (this.#flows.size >= MANY) this.#forget();
      flow = new Flow();
      this.#flows.set(id, flow);
    }
    flow.share = share;
    return flow;
  }

  #forget(): void {
    for (const [id, flow] of this.#flows) if (flow.jobs === 0 && flow.begin <= this.#now) this.#flows.delete(id);
  }

  #sum(count: (flow: Flow) => number): number {
    let sum = 0;
    for (const flow of this.#flows.values()) sum += count(flow);
    return sum;
  }
}
