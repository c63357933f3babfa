/** What a request or a job costs. */
export interface Work {
  /** What is computed, as far as it decides how long a cell takes. */
  readonly kind: string;
  readonly cells: number;
}

/** Cells per millisecond of one thread, until a kind of work has been measured: a slow one. */
const FIRST_GUESS = 300_000;

/** How much of what was measured before still counts after each job. */
const MEMORY = 0.95;

/** How fast threads compute, measured: by kind of work, recent jobs counting most, each by the time it took. */
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
