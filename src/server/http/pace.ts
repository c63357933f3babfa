/** No more callers than this are remembered. */
const MANY = 1000;

/** How often something may happen to one caller. */
export interface Paced {
  /** So many times at once. */
  readonly burst: number;
  /** Then once in so many milliseconds. */
  readonly everyMs: number;
  /** And nobody waits longer than this for it. */
  readonly mostMs: number;
}

/** Says how long each caller has to wait, by the generic cell rate algorithm (ITU-T I.371): evenly, after a burst. */
export class Pace {
  readonly #paced: Paced;
  /** When each caller has its next turn if it does not wait, in milliseconds. */
  readonly #next = new Map<string, number>();

  constructor(paced: Paced) {
    this.#paced = paced;
  }

  /** The milliseconds until the caller's turn. Each call takes a turn. */
  wait(caller: string, now = performance.now()): number {
    const { burst, everyMs, mostMs } = this.#paced;
    const next = Math.max(now, this.#next.get(caller) ?? 0) + everyMs;
    const ms = Math.min(Math.max(0, next - now - burst * everyMs), mostMs);
    this.#next.delete(caller);
    this.#next.set(caller, Math.min(next, now + mostMs + burst * everyMs));
    if (this.#next.size > MANY) this.#next.delete(this.#next.keys().next().value as string);
    return ms;
  }
}
