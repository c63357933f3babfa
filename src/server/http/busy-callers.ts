/** A caller may always have so many requests in a tick: who sends no more is not what keeps the event loop. */
const LEAST = 20;
/** What a tick that was too much takes from the number, and what one that was not gives back. */
const LESS = 0.8;
const MORE = 1.1;

/**
 * How many requests each caller may have in a tick, while several callers send more of them than the event loop can take. (One that is alone is in nobody's way.) The number is the same for all,
 * so that it binds those who send most (max-min fairness). It falls and rises by factors: callers come and go, and nobody knows what the next
 * requests cost.
 */
export class BusyCallers {
  readonly #counts = new Map<string, { requests: number }>();
  #most = Number.POSITIVE_INFINITY;

  /** Counts a request of a caller. False: it is one too many. */
  admit(caller: string): boolean {
    const count = this.#counts.get(caller);
    if (count === undefined) this.#counts.set(caller, { requests: 1 });
    else if (count.requests++ >= this.#most) return false;
    return true;
  }

  /** Begins the next tick. */
  tick(tooMuch: boolean): void {
    let busiest = 0;
    for (const { requests } of this.#counts.values()) busiest = Math.max(busiest, requests);
    const alone = this.#counts.size < 2;
    this.#counts.clear();
    if (tooMuch && !alone) this.#most = Math.max(LEAST, LESS * Math.min(this.#most, busiest));
    else if (this.#most < Number.POSITIVE_INFINITY) {
      this.#most *= MORE;
      if (this.#most > 2 * busiest + LEAST) this.#most = Number.POSITIVE_INFINITY;
    }
  }
}
