import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import type { Caller } from './call.ts';
import type { Line } from './line.ts';
import { isLong } from './waiting.ts';

/** A request has a cost besides its cells: at most this many may wait, however small they are. */
const MOST_REQUESTS = 4000;

/**
 * How many times the room that is left free a caller's requests may take, by its share: three quarters of an otherwise empty queue for long
 * ones. The more callers wait, the less each may take, and there is always room for one that has nothing there yet (Choudhury and Hahne, 1998).
 */
const LONG_OF_FREE = 3;
const SHORT_OF_FREE = 15;

/** Decides whether there is room for a request. */
export class Admission {
  /** The minimum that a request counts as in the queue, in cells. */
  readonly leastCells: number;
  readonly #workers: number;
  readonly #maxQueue: number;
  readonly #longestWait: number;
  readonly #line: Line;

  constructor({ WORKERS, MAX_QUEUE, REQUEST_TIMEOUT_MS }: Config, line: Line) {
    this.leastCells = Math.max(1, MAX_QUEUE / MOST_REQUESTS);
    this.#workers = WORKERS;
    this.#maxQueue = MAX_QUEUE;
    this.#longestWait = REQUEST_TIMEOUT_MS / 2;
    this.#line = line;
  }

  /**
   * Checks that there is room for this many more cells of a caller, which take this long.
   *
   * @param runningMs what the threads still have to do
   * @throws Problem `queue_full`, with the time until there is room
   */
  require(cells: number, ms: number, caller: Caller, runningMs: number): void {
    const own = this.#line.of(caller, this.#workers);
    const others = this.#line.cells - own.cells;
    const share = caller.share * (isLong({ ms }) ? LONG_OF_FREE : SHORT_OF_FREE);
    const room = (share / (share + 1)) * (this.#maxQueue - others);
    const tooLate = isLong({ ms }) && own.wait > this.#longestWait;
    if (!tooLate && own.cells + Math.max(cells, this.leastCells) <= room) return;
    const seconds = own.wait / 1000 + runningMs / this.#workers / 1000;
    throw new Problem(
      'queue_full',
      `your waiting requests have ${Math.round(own.cells)} cells, about ${seconds.toFixed(1)} s of work; this one has ${Math.round(cells)} more, and the queue has room for ${Math.floor(room)} cells of one caller: try again later`,
      { headers: { 'retry-after': String(Math.max(1, Math.ceil(seconds))) } },
    );
  }
}
