import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { MetricRecord } from '../../core/server-door.ts';
import { type Database, DatabaseFailure } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { openPostgres } from '../database/postgres.ts';
import type { Datasets } from '../datasets/datasets.ts';
import { Problem } from '../http/errors.ts';
import { NDJSON } from '../http/media-types.ts';
import { formatsWith } from '../operations/formats.ts';
import { kindOf } from '../operations/kind.ts';
import type { Common, Operation } from '../operations/operation.ts';
import { requireAffordableJob } from '../operations/require-affordable.ts';
import { hasEnded, type Job, type Status } from './job.ts';
import { JobTable, type Load } from './job-table.ts';
import { fingerprintOf, keepRequest } from './keep-request.ts';
import { kernelVersion } from './kernel-version.ts';
import { MatrixFiles } from './matrix-files.ts';
import { referenceSpeed } from './measure.ts';
import { TileQueue } from './queue.ts';
import { Result } from './result.ts';
import { RETRIES, type Retry } from './retries.ts';
import { Runner, type Site, type TileRun } from './runner.ts';
import { migrate } from './schema.ts';
import { tileSpeed } from './tile-speed.ts';
import { tiledJob, tilingOf } from './tiled-job.ts';

/** Younger content may belong to an upload or a job that is still being created. */
const YOUNG_MS = 3600 * 1000;
/** How often to look for what is too old: results are kept little longer than JOB_TTL. */
const COLLECT_MS = 3600 * 1000;
const COLLECTIONS_PER_TTL = 4;
/** How long to wait before a database that cannot be opened is tried again. */
const REOPEN_MS = 5000;
/** How often a process that computes says that it does, and after how many seconds of silence it is gone. */
const BEAT_MS = 10_000;
const GONE_SECONDS = 60;

type Surroundings = Pick<Site, 'config' | 'pool' | 'memory' | 'store' | 'datasets' | 'log'>;

interface Opened {
  readonly database: Database;
  readonly table: JobTable;
  readonly queue: TileQueue;
  readonly runner: Runner;
}

/** Jobs that outlive a request. The database is opened for the first one, or at startup if there are earlier ones. */
export class Background {
  readonly #around: Surroundings;
  #opened: Promise<Opened> | undefined;
  #runner: Runner | undefined;
  #connections: NonNullable<Database['connections']> = () => ({ open: 0, waiting: 0 });
  #collector: NodeJS.Timeout | undefined;
  #beats: NodeJS.Timeout | undefined;
  readonly #process = randomUUID();
  readonly #closing = new AbortController();
  /** What this process has computed for jobs, in tiles, cells and seconds of its threads. */
  readonly done = { tiles: 0, cells: 0, seconds: 0 };
  /** Tiles that were put back to be tried again, by reason. */
  readonly retried = Object.fromEntries(RETRIES.map((reason) => [reason, 0])) as Record<Retry, number>;
  /** Called for each tile that this process has computed. */
  tileRan: ((run: TileRun) => void) | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Resumes the jobs that an earlier process left, if any. As long as their database cannot be opened, it is tried again. */
  async resume(): Promise<void> {
    while (this.#hasJobs && !this.#closing.signal.aborted) {
      try {
        await this.#open();
        return;
      } catch (err) {
        this.#around.log.warn({ err }, 'the database of jobs cannot be opened');
        await setTimeout(REOPEN_MS, undefined, { ref: false, signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  /** Read from files, so not before it is needed. */
  get #kernel(): string {
    return kernelVersion();
  }

  /** Whether there can be jobs: asking for them opens no database that was never needed. */
  get #hasJobs(): boolean {
    return this.#opened !== undefined || this.#around.config.DATABASE_URL !== undefined || existsSync(this.#folder());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#collector);
    clearInterval(this.#beats);
    const opened = await this.#opened?.catch(() => undefined);
    if (opened === undefined) return;
    await opened.runner.close();
    if (this.#beats) await opened.table.left(this.#process).catch(() => {}); // it is noticed anyway
    await opened.queue.stop();
    await opened.database.close();
  }

  /** Accepts a request as a job. @throws Problem `too_many_cells`, `key_reused` */
  async submit(
    { owner, share }: { readonly owner: string; readonly share: number },
    record: MetricRecord,
    operation: Operation,
    body: Common & Record<string, unknown>,
    query: Readonly<Partial<Record<string, boolean>>>,
    key: string | undefined,
  ): Promise<Job> {
    const { config, pool, datasets, store } = this.#around;
    const plan = operation.plan(record, body, query);
    requireAffordableJob([record, body, query], plan.price, config, formatsWith(operation, query).includes(NDJSON));
    const { table, database, queue, runner } = await this.#ready();
    const flags = Object.fromEntries(Object.entries(query).filter(([, asked]) => asked)) as Record<string, boolean>;
    const { request, digests } = await keepRequest(datasets, record, operation, body, flags);
    const fingerprint = fingerprintOf(request);
    const kind = kindOf(record, operation, body, flags);
    const fleet = config.DATABASE_URL ? { table, kernel: this.#kernel, goneSeconds: GONE_SECONDS } : undefined;
    const tileCells = config.TILE_MS * (await tileSpeed(pool, fleet, operation, record, body, flags, kind));
    const tiling = tilingOf(operation, record, body, tileCells, flags);
    const id = randomUUID();
    const job = {
      id,
      owner,
      key,
      fingerprint,
      request,
      digests,
      kernel: this.#kernel,
      tile_cells: tileCells,
      tiles: tiling.count,
      cells: plan.price.cells,
      share,
      kind,
    };
    if (key !== undefined) {
      const known = await table.byKey(owner, key);
      if (known) return same(known, fingerprint);
    }
    if (tiling.matrix) await new MatrixFiles(store, id, tiling.matrix).describe();
    await queue.prepare(id);
    const isNew = await database.transaction(async (statement) => {
      const added = await table.add(job, statement);
      if (added.isNew) await queue.add(id, numbers(tiling.count), statement);
      return added.isNew;
    });
    if (!isNew) {
      await queue.drop(id);
      return same((await table.byKey(owner, key as string)) as Job, fingerprint);
    }
    runner.wake();
    return (await table.get(id)) as Job;
  }

  /** @throws Problem `job_not_found` */
  async get(owner: string, id: string): Promise<Job> {
    const job = isId(id) && this.#hasJobs ? await (await this.#ready()).table.get(id) : undefined;
    if (job === undefined || job.owner !== owner)
      throw new Problem('job_not_found', `there is no job ${id.slice(0, 60)}`);
    return job;
  }

  async list(owner: string, status: Status | undefined, limit: number, after: string | undefined): Promise<Job[]> {
    return this.#hasJobs ? (await this.#ready()).table.list(owner, status, limit, after) : [];
  }

  /** Cancels a job, or deletes one that has ended, with its result. */
  async cancel(owner: string, id: string): Promise<Job> {
    const job = await this.get(owner, id);
    const { table, queue, runner } = await this.#ready();
    if (hasEnded(job.status)) {
      await this.#remove(id);
      return job;
    }
    await table.end(id, 'cancelled');
    runner.abandon(id);
    await queue.drop(id);
    return this.get(owner, id);
  }

  /** The result of a job that has succeeded. @throws Problem `no_result` */
  async result(owner: string, id: string): Promise<Result> {
    const job = await this.get(owner, id);
    const { table, queue, database, runner } = await this.#ready();
    const { store, datasets } = this.#around;
    if (job.status !== 'succeeded') {
      const detail = hasEnded(job.status)
        ? `the job has ${job.status}, so it has no result`
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

  /** Connections to a database server, and statements that wait for one. */
  get connections(): { readonly open: number; readonly waiting: number } {
    return this.#connections();
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

  /** Tiles that this process has in hand. */
  get tilesInHand(): number {
    return this.#runner?.inHand ?? 0;
  }

  /** How the jobs, the processes that compute them, and the database are doing; undefined if the database cannot be asked. */
  async load(): Promise<Load | undefined> {
    const own = this.#around.config.JOBS === 'serve' ? 0 : 1;
    const idle = { counts: {}, cells: 0, workers: own, server: { connections: 0, most: 0 } };
    if (!this.#hasJobs) return idle;
    const opened = await this.#opened?.catch(() => undefined);
    if (opened === undefined) return undefined;
    const { database, table } = opened;
    const jobs = await table.load();
    return database.alone ? { ...idle, ...jobs } : { ...jobs, ...(await table.fleet(GONE_SECONDS)) };
  }

  #folder(): string {
    const { STORE_URL } = this.#around.config;
    const [, folder = 'data'] = /^file:(?:\/\/(?=\/))?(.+)$/.exec(STORE_URL) ?? []; // with a bucket, it is on this machine
    return resolve(folder, 'database');
  }

  async #ready(): Promise<Opened> {
    try {
      return await this.#open();
    } catch (error) {
      this.#around.log.warn({ err: error }, 'the database of jobs cannot be opened');
      if (error instanceof DatabaseFailure && this.#around.config.DATABASE_URL) throw error; // its message is internal
      throw new Problem('store_unavailable', `jobs are not available: ${(error as Error).message}`, {
        headers: { 'retry-after': '10' },
        cause: error,
      });
    }
  }

  #open(): Promise<Opened> {
    this.#opened ??= this.#connect().catch((error) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #connect(): Promise<Opened> {
    const { config, log } = this.#around;
    const database = config.DATABASE_URL ? openPostgres(config.DATABASE_URL) : await openEmbedded(this.#folder());
    try {
      await migrate(database);
      const table = new JobTable(database);
      const queue = new TileQueue(database, (err) => log.warn({ err }, 'the queue of jobs'));
      await queue.start();
      const computed = (run: TileRun): void => {
        this.done.tiles++;
        this.done.cells += run.cells;
        this.done.seconds += run.compute / 1000;
        this.tileRan?.(run);
      };
      const runner = new Runner({
        ...this.#around,
        database,
        table,
        queue,
        kernel: this.#kernel,
        process: this.#process,
        goneSeconds: GONE_SECONDS,
        computed,
        retried: (reason, tiles) => {
          this.retried[reason] += tiles;
        },
      });
      this.#runner = runner;
      this.#connections = database.connections ?? this.#connections;
      // No other process can hold a tile.
      if (database.alone) for (const job of await table.open()) await this.#adopt(job, { database, table, queue });
      if (config.JOBS !== 'serve') runner.start();
      if (config.JOBS !== 'serve' && !database.alone) await this.#register({ database, table, queue });
      if (!database.alone) void referenceSpeed(this.#around.pool); // so that no job has to wait for it
      log.info({ database: database.name }, 'the database of jobs is open');
      this.#collector = setInterval(
        () => void this.#collect().catch((err) => log.warn({ err }, 'collecting')),
        Math.min(COLLECT_MS, (1000 * config.JOB_TTL) / COLLECTIONS_PER_TTL),
      ).unref();
      void database.lost?.then(() => this.#reopen({ database, table, queue, runner }));
      return { database, table, queue, runner };
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  /** Opens the database again after it was lost. What was being computed is computed again. */
  async #reopen({ database, queue, runner }: Opened): Promise<void> {
    const { log } = this.#around;
    log.warn({ database: database.name }, 'the database of jobs was lost, and is opened again');
    clearInterval(this.#collector);
    this.#opened = undefined;
    await Promise.allSettled([runner.close(), queue.stop()]);
    await this.resume();
  }

  /** Resumes a job of another process here. A job started with other kernels restarts, so that its result is consistent. */
  async #adopt(
    { id, kernel }: Pick<Job, 'id' | 'kernel'>,
    { database, table, queue }: Pick<Opened, 'database' | 'table' | 'queue'>,
  ): Promise<void> {
    if (kernel === this.#kernel) return queue.release(id);
    await database.transaction(async (statement) => {
      const job = await table.restart({ id, kernel }, this.#kernel, statement);
      if (job === undefined) return;
      await queue.clear(id, statement);
      await table.forget(id, statement);
      await queue.add(id, numbers(job.tiles), statement);
    });
  }

  /** Tells other processes which kernels there are, and takes over jobs whose kernels are gone: after an upgrade. */
  async #register(opened: Pick<Opened, 'database' | 'table' | 'queue'>): Promise<void> {
    const { table } = opened;
    const { config, pool } = this.#around;
    const beat = async (): Promise<void> => {
      await table.seen(this.#process, this.#kernel, config.WORKERS, await referenceSpeed(pool));
      for (const job of await table.orphans(this.#kernel, GONE_SECONDS)) {
        this.#around.log.info({ job: job.id, kernel: job.kernel }, 'a job whose kernels are gone starts again');
        await this.#adopt(job, opened);
      }
    };
    await beat();
    this.#beats = setInterval(
      () => void beat().catch((err) => this.#around.log.warn({ err }, 'the list of processes')),
      BEAT_MS,
    ).unref();
  }

  /** Removes results that are older than JOB_TTL, and content that nothing needs. */
  async #collect(): Promise<void> {
    const { table } = await this.#ready();
    const { config, datasets } = this.#around;
    for (const id of await table.expired(config.JOB_TTL)) await this.#remove(id);
    await datasets.collect(await table.digestsNeeded(), YOUNG_MS);
  }

  async #remove(id: string): Promise<void> {
    const { table, queue } = await this.#ready();
    const { store } = this.#around;
    await table.remove(id);
    await queue.drop(id);
    for await (const { key } of store.list(join('jobs', id, '/'))) await store.delete(key);
  }
}

function same(job: Job, fingerprint: string): Job {
  if (job.fingerprint === fingerprint) return job;
  throw new Problem('key_reused', 'the Idempotency-Key belongs to another request: send a new key');
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

function* numbers(count: number): Generator<number> {
  for (let k = 0; k < count; k++) yield k;
}
