import type { Datasets } from '../datasets/datasets.ts';
import type { Job } from './job.ts';
import type { JobTable } from './job-table.ts';
import { type TiledJob, tiledJob } from './tiled-job.ts';

/** How many requests of jobs to cache. */
const AT_HAND = 4;

/** The requests of the jobs that are computed here: each is read once, not for each tile. */
export class JobsAtHand {
  readonly #table: JobTable;
  readonly #datasets: Datasets;
  readonly #jobs = new Map<string, Promise<TiledJob>>();

  constructor({ table, datasets }: { readonly table: JobTable; readonly datasets: Datasets }) {
    this.#table = table;
    this.#datasets = datasets;
  }

  async get(id: string): Promise<TiledJob> {
    const known = await this.#jobs.get(id);
    // What was dropped from memory must not stay in use, uncounted.
    if (known?.digests.every((digest) => this.#datasets.holds(digest))) return known;
    const job = this.#read(id);
    this.#jobs.set(id, job);
    job.catch(() => this.#jobs.delete(id));
    for (const [oldest] of this.#jobs) {
      if (this.#jobs.size <= AT_HAND) break;
      this.#jobs.delete(oldest);
    }
    return job;
  }

  delete(id: string): void {
    this.#jobs.delete(id);
  }

  async #read(id: string): Promise<TiledJob> {
    const job = (await this.#table.get(id)) as Job;
    return tiledJob(this.#datasets, job);
  }
}
