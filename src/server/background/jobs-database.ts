import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Database, DatabaseFailure } from '../database/database.ts';
import { openEmbedded } from '../database/embedded.ts';
import { openPostgres } from '../database/postgres.ts';
import { Problem } from '../http/errors.ts';
import { GONE_SECONDS, joinFleet, resumeJobs } from './fleet.ts';
import { JobTable } from './job-table.ts';
import { kernelVersion } from './kernel-version.ts';
import { referenceSpeed } from './measure.ts';
import type { Opened } from './opened.ts';
import { TileQueue } from './queue.ts';
import { Runner } from './runner.ts';
import { migrate } from './schema.ts';
import type { Site } from './site.ts';

/** How long to wait before a database that cannot be opened is tried again. */
const REOPEN_MS = 5000;

/** What a process has before its database of jobs is open. */
export type Surroundings = Pick<Site, 'config' | 'pool' | 'memory' | 'store' | 'datasets' | 'log'>;

/** Called about the tiles of this process, and regularly for what is too old. */
export interface Observer extends Pick<Site, 'computed' | 'retried'> {
  /** @returns what goes on until it is cleared */
  readonly collecting: (opened: Opened) => NodeJS.Timeout;
}

/** The database of jobs: opened for the first one, or at startup if there are earlier ones, and again when it was lost. */
export class JobsDatabase {
  readonly #around: Surroundings;
  readonly #observer: Observer;
  readonly #process = randomUUID();
  readonly #closing = new AbortController();
  #opened: Promise<Opened> | undefined;
  #connections: NonNullable<Database['connections']> = () => ({ open: 0, waiting: 0 });
  #runner: Runner | undefined;
  #collector: NodeJS.Timeout | undefined;
  #beats: NodeJS.Timeout | undefined;

  constructor(around: Surroundings, observer: Observer) {
    this.#around = around;
    this.#observer = observer;
  }

  /** Read from files, so not before it is needed. */
  get kernel(): string {
    return kernelVersion();
  }

  /** Whether there can be jobs: asking for them opens no database that was never needed. */
  get isNeeded(): boolean {
    return this.#opened !== undefined || this.#around.config.DATABASE_URL !== undefined || existsSync(this.#folder());
  }

  /** What is open, if anything. */
  get opened(): Promise<Opened | undefined> {
    return this.#opened?.catch(() => undefined) ?? Promise.resolve(undefined);
  }

  /** Connections to a database server, and statements that wait for one. */
  get connections(): { readonly open: number; readonly waiting: number } {
    return this.#connections();
  }

  /** Tiles that this process has in hand. */
  get tilesInHand(): number {
    return this.#runner?.inHand ?? 0;
  }

  /** Resumes the jobs that an earlier process left, if any. As long as their database cannot be opened, it is tried again. */
  async resume(): Promise<void> {
    while (this.isNeeded && !this.#closing.signal.aborted) {
      try {
        await this.#open();
        return;
      } catch (err) {
        this.#around.log.warn({ err }, 'the database of jobs cannot be opened');
        await setTimeout(REOPEN_MS, undefined, { ref: false, signal: this.#closing.signal }).catch(() => {});
      }
    }
  }

  /** @throws Problem `store_unavailable` */
  async ready(): Promise<Opened> {
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

  async close(): Promise<void> {
    this.#closing.abort();
    clearInterval(this.#collector);
    clearInterval(this.#beats);
    const opened = await this.opened;
    if (opened === undefined) return;
    await opened.runner.close();
    if (this.#beats) await opened.table.left(this.#process).catch(() => {}); // it is noticed anyway
    await opened.queue.stop();
    await opened.database.close();
  }

  #folder(): string {
    const { STORE_URL } = this.#around.config;
    const [, folder = 'data'] = /^file:(?:\/\/(?=\/))?(.+)$/.exec(STORE_URL) ?? []; // with a bucket, it is on this machine
    return resolve(folder, 'database');
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
      const site: Site = {
        ...this.#around,
        ...this.#observer,
        database,
        table,
        queue,
        kernel: this.kernel,
        process: this.#process,
        goneSeconds: GONE_SECONDS,
      };
      const runner = new Runner(site);
      this.#runner = runner;
      this.#connections = database.connections ?? this.#connections;
      if (database.alone) await resumeJobs(site, this.#closing.signal);
      if (config.JOBS !== 'serve') runner.start();
      if (config.JOBS !== 'serve' && !database.alone) this.#beats = await joinFleet(site, this.#closing.signal);
      if (!database.alone) void referenceSpeed(this.#around.pool); // so that no job has to wait for it
      log.info({ database: database.name }, 'the database of jobs is open');
      const opened = { database, table, queue, runner };
      this.#collector = this.#observer.collecting(opened);
      void database.lost?.then(() => this.#reopen(opened));
      return opened;
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
}
