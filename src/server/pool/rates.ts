/** Work of a kind: a request, or a piece of one. */
export interface Work {
  /** The kind of work, which determines how long a cell takes. */
  readonly kind: string;
  readonly cells: number;
}

/** Cells per millisecond by definition: a cell of a price takes about a nanosecond. */
export const CELLS_PER_MS = 1e6;

/** Cells per millisecond of one thread, assumed until a kind of work has been measured; deliberately slow. */
const FIRST_GUESS = 300_000;

/** The weight that earlier measurements keep after each job. */
const MEMORY = 0.95;

/** No job counts for more than this, so that a single one does not outweigh the hundred after it. */
const MOST_MS = 100;

/** How many kinds to keep: those measured most recently. Callers decide how many there are. */
const KINDS = 10_000;

/** The measured speed of threads by kind of work. Recent jobs count most, weighted by the time they took. */
export class Rates {
  readonly #measured = new Map<string, { cells: number; ms: number }>();

  observe({ kind, cells }: Work, ms: number): void {
    const before = this.#measured.get(kind) ?? { cells: FIRST_GUESS, ms: 1 };
    const weight = Math.min(1, MOST_MS / ms);
    this.#measured.delete(kind);
    this.#measured.set(kind, {
      cells: MEMORY * before.cells + weight * cells,
      ms: MEMORY * before.ms + weight * ms,
    });
    if (this.#measured.size > KINDS) this.#measured.delete(this.#measured.keys().next().value as string);
  }

  /** The same for work that was stopped after this long: how long it would have taken is unknown, but it is more. */
  observeStopped(work: Work, ms: number): void {
    if (ms > this.milliseconds(work)) this.observe(work, ms);
  }

  has(kind: string): boolean {
    return this.#measured.has(kind);
  }

  /** Cells per millisecond of one thread. */
  perMs(kind: string): number {
    const { cells, ms } = this.#measured.get(kind) ?? { cells: FIRST_GUESS, ms: 1 };
    return cells / ms;
  }

  /** How long one thread will take. */
  milliseconds({ kind, cells }: Work): number {
    return cells / this.perMs(kind);
  }
}

/** Sizes to the nearest power of two: how long a cell takes depends on them, and one rate for all would be wrong for each. */
export const sizeClass = (...sizes: readonly number[]): string =>
  sizes.map((size) => Math.round(Math.log2(Math.max(1, size)))).join(' ');
