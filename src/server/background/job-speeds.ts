/** The weight that earlier tiles keep in the speed of a job, and of how many jobs it is kept. */
const MEMORY = 0.9;
const MOST_JOBS = 1000;

/** How fast this process computes each of the jobs that it works on. */
export class JobSpeeds {
  readonly #done = new Map<string, { readonly cells: number; readonly ms: number }>();

  /** A tile of a job took so many milliseconds of a thread. */
  took(job: string, cells: number, ms: number): void {
    const before = this.#done.get(job) ?? { cells: 0, ms: 0 };
    this.#done.delete(job);
    this.#done.set(job, { cells: MEMORY * before.cells + cells, ms: MEMORY * before.ms + ms });
    for (const [oldest] of this.#done) {
      if (this.#done.size <= MOST_JOBS) break;
      this.#done.delete(oldest);
    }
  }

  /** Cells of a job in a millisecond of a thread; undefined if no tile of it was computed here. */
  of(job: string): number | undefined {
    const done = this.#done.get(job);
    return done && done.cells / done.ms;
  }
}
