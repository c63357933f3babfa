/** The cost of a request or a job. */
export interface Work {
  /** The kind of work, which determines how long a cell takes. */
  readonly kind: string;
  readonly cells: number;
}

/** Cells per millisecond of one thread, assumed until a kind of work has been measured; deliberately slow. */
const FIRST_GUESS = 300_000;

/** The weight that earlier measurements keep after each job. */
const MEMORY = 0.95;

/** The measured speed of threads by kind of work. Recent jobs count most, weighted by the time they took. */
export class Rates {
  readonly #measured = new Map<string, { cells: number; ms: number }>();

  observe({ kind, cells }: Work, ms: number): void {
    const before = this.#measured.get(kind) ?? { cells: FIRST_GUESS, ms: 1 };
    this.#measured.set(kind, { cells: MEMORY * before.cells + cells, ms: MEMORY * before.ms + ms });
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
