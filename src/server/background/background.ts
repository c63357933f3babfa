import { totalBytes } from '../../core/server-door.ts';
import type { Datasets } from '../datasets/datasets.ts';
import { Problem } from '../http/errors.ts';
import { NDJSON } from '../http/media-types.ts';
import { formatsWith } from '../operations/formats.ts';
import { tooManyBytes, tooManyJobCells } from '../operations/too-expensive.ts';
import { addJob, type JobRequest } from './add-job.ts';
import { collect, removeJob } from './collect.ts';
import { GONE_SECONDS } from './fleet.ts';
import { hasEnded, type Job, type Status } from './job.ts';
import type { Load } from './job-table.ts';
import { JobsDatabase, type Surroundings } from './jobs-database.ts';
import type { Opened } from './opened.ts';
import { Result } from './result.ts';
import { RETRIES, type Retry } from './retries.ts';
import type { TileRun } from './site.ts';
import { tiledJob } from './tiled-job.ts';

/** How often to look for what is too old: results are kept little longer than JOB_TTL. */
const COLLECT_MS = 3600 * 1000;
const COLLECTIONS_PER_TTL = 4;

/** Jobs that outlive a request. */
export class Background {
  readonly #around: Surroundings;
  readonly #jobs: JobsDatabase;
  /** What this process has computed for jobs, in tiles, cells and seconds of its threads. */
  readonly done = { tiles: 0, cells: 0, seconds: 0 };
  /** Tiles that were put back to be tried again, by reason. */
  readonly retried = Object.fromEntries(RETRIES.map((reason) => [reason, 0])) as Record<Retry, number>;
  /** Called for each tile that this process has computed. */
  tileRan: ((run: TileRun) => void) | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#jobs = new JobsDatabase(around, {
      computed: (run) => this.#computed(run),
      retried: (reason, tiles) => {
        this.retried[reason] += tiles;
      },
      collecting: (opened) => this.#collecting(opened),
    });
  }

  /** Resumes the jobs that an earlier process left, if any. As long as their database cannot be opened, it is tried again. */
  resume(): Promise<void> {
    return this.#jobs.resume();
  }

  close(): Promise<void> {
    return this.#jobs.close();
  }

  /** Accepts a request as a job. @throws Problem `too_many_cells`, `key_reused` */
  async submit(request: JobRequest): Promise<Job> {
    const { record, operation, body, query } = request;
    const asked = [record, body, query] as const;
    const { price } = operation.plan(...asked);
    const { config } = this.#around;
    if (price.cells > config.MAX_JOB_CELLS) throw tooManyJobCells(asked, price, config);
    // Rows are stored as they come, so that only its tables have to fit in memory.
    const bytes = formatsWith(operation, query).includes(NDJSON) ? price.bytes : totalBytes(price);
    if (bytes > config.MAX_ARRAY_BYTES) throw tooManyBytes(asked, price, config, bytes);
    return addJob(this.#around, await this.#jobs.ready(), request, price.cells);
  }

  /** @throws Problem `job_not_found` */
  async get(owner: string, id: string): Promise<Job> {
    const job = isId(id) && this.#jobs.isNeeded ? await (await this.#jobs.ready()).table.get(id) : undefined;
    if (job === undefined || job.owner !== owner)
      throw new Problem('job_not_found', `there is no job ${id.slice(0, 60)}`);
    return job;
  }

  async list(owner: string, status: Status | undefined, limit: number, after: string | undefined): Promise<Job[]> {
    return this.#jobs.isNeeded ? (await this.#jobs.ready()).table.list(owner, status, limit, after) : [];
  }

  /** Cancels a job, or deletes one that has ended, with its result. */
  async cancel(owner: string, id: string): Promise<Job> {
    const job = await this.get(owner, id);
    const opened = await this.#jobs.ready();
    if (hasEnded(job.status)) {
      await removeJob(opened, this.#around.store, id);
      return job;
    }
    await opened.table.end(id, 'cancelled');
    opened.runner.abandon(id);
    await opened.queue.drop(id);
    return this.get(owner, id);
  }

  /** The result of a job that has succeeded. @throws Problem `no_result` */
  async result(owner: string, id: string): Promise<Result> {
    const job = await this.get(owner, id);
    const { table, queue, database, runner } = await this.#jobs.ready();
    const { store, datasets } = this.#around;
    if (job.status !== 'succeeded') {
      const detail = hasEnded(job.status)
        ? `the job ${job.status === 'cancelled' ? 'was cancelled' : 'has failed'}, so it has no result`
        : `the job is ${job.status}, with ${job.tiles_done} of ${job.tiles} tiles done: wait until it has succeeded`;
      throw new Problem('no_result', detail);
    }
    await table.reading(id);
    const tiled = await tiledJob(datasets, job);
    const damaged = async (tile: number): Promise<void> => {
      await database.transaction(async (statement) => {
        await table.undo(id, tile, statement);
        await queue.add(id, [tile], statement);
      });
      runner.wake();
    };
    const digests = await table.digests(id);
    return new Result(store, id, tiled, digests, { damaged, reading: () => table.reading(id) });
  }

  /** The series of a field of a job's request. @throws Problem `job_not_found`, `dataset_not_found` */
  async input(owner: string, id: string, field: string): ReturnType<Datasets['kept']> {
    const { request } = await this.get(owner, id);
    const digests = Object.entries(request.fields).flatMap(([name, kept]) =>
      'value' in kept ? [] : [[name, 'dataset' in kept ? kept.dataset : kept.series] as const],
    );
    const digest = new Map(digests).get(field);
    if (digest === undefined) {
      const known = digests.map(([name]) => name).join(', ');
      throw new Problem('dataset_not_found', `the job has no series in "${field.slice(0, 60)}", but in: ${known}`);
    }
    return this.#around.datasets.kept(digest);
  }

  /** Connections to a database server, and statements that wait for one. */
  get connections(): { readonly open: number; readonly waiting: number } {
    return this.#jobs.connections;
  }

  /** Tiles that this process has in hand. */
  get tilesInHand(): number {
    return this.#jobs.tilesInHand;
  }

  /** How the jobs, the processes that compute them, and the database are doing; undefined if the database cannot be asked. */
  async load(): Promise<Load | undefined> {
    const own = this.#around.config.JOBS === 'serve' ? 0 : 1;
    const idle = { counts: {}, cells: 0, workers: own, server: { connections: 0, most: 0 } };
    if (!this.#jobs.isNeeded) return idle;
    const opened = await this.#jobs.opened;
    if (opened === undefined) return undefined;
    const { database, table } = opened;
    const jobs = await table.load();
    return database.alone ? { ...idle, ...jobs } : { ...jobs, ...(await table.fleet(GONE_SECONDS)) };
  }

  #computed(run: TileRun): void {
    this.done.tiles++;
    this.done.cells += run.cells;
    this.done.seconds += run.compute / 1000;
    this.tileRan?.(run);
  }

  #collecting(opened: Opened): NodeJS.Timeout {
    const { store, datasets, config, log } = this.#around;
    return setInterval(
      () => void collect(opened, store, datasets, config).catch((err) => log.warn({ err }, 'collecting')),
      Math.min(COLLECT_MS, (1000 * config.JOB_TTL) / COLLECTIONS_PER_TTL),
    ).unref();
  }
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
