import { type Db, PgBoss } from 'pg-boss';
import type { Database, Query } from '../database/database.ts';
import { queueName } from './queue-name.ts';
import type { HeldJob } from './survey.ts';

/** A tile that this process holds until it completes it or gives it back. */
export interface Claim {
  readonly job: string;
  readonly tile: number;
  /** Identifies the attempt when completing or giving back: an expired attempt completes nothing. */
  readonly attempt: { readonly id: string; readonly retryCount: number };
  /** Whether another process holds it, which is slow: whichever is first wins. */
  readonly isSecond: boolean;
}

/** Seconds without a heartbeat after which a tile may be taken by another process. */
const HEARTBEAT_SECONDS = 10;
/** A tile that has crashed this many processes is not retried. */
const MOST_TRIES = 20;
/** Rows to insert at a time. */
const AT_ONCE = 10_000;

/** The tiles of all jobs: a queue of pg-boss for each job, so that those of one can be dropped together. */
export class TileQueue {
  readonly #boss: PgBoss;
  readonly #query: Query;

  constructor(database: Database, onError: (error: Error) => void) {
    this.#query = database.query;
    this.#boss = new PgBoss({
      db: asDb(database.query),
      backend: database.alone ? 'pglite' : 'postgres',
      schedule: false,
      monitorVacuum: false,
      reindex: false,
    });
    this.#boss.on('error', onError);
  }

  async start(): Promise<void> {
    await this.#boss.start();
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: false }).catch(() => {}); // the database may be gone
  }

  /** Makes room for the tiles of a job. */
  async prepare(job: string): Promise<void> {
    await this.#boss.createQueue(queueName(job), {
      heartbeatSeconds: HEARTBEAT_SECONDS,
      expireInSeconds: 23 * 3600,
      retryLimit: MOST_TRIES,
      retryDelay: 0,
      retentionSeconds: 365 * 24 * 3600,
      deleteAfterSeconds: 0,
    });
  }

  /** Queues tiles of a job, within a transaction. */
  async add(job: string, tiles: Iterable<number>, query: Query): Promise<void> {
    const db = asDb(query);
    let part: { data: { tile: number } }[] = [];
    const flush = async (): Promise<void> => {
      if (part.length > 0) await this.#boss.insert(queueName(job), part, { db });
      part = [];
    };
    for (const tile of tiles) {
      part.push({ data: { tile } });
      if (part.length === AT_ONCE) await flush();
    }
    await flush();
  }

  /** Queues all the tiles of a job, within a transaction. */
  addAll(job: string, count: number, query: Query): Promise<void> {
    return this.add(job, numbers(count), query);
  }

  /** Takes free tiles of a job, as many as are wanted or there are. */
  async claim(job: string, count = 1): Promise<Claim[]> {
    const found = await this.#boss.fetch<{ tile: number }>(queueName(job), { batchSize: count, includeMetadata: true });
    return found.map(({ id, retryCount, data }) => ({
      job,
      tile: data.tile,
      attempt: { id, retryCount },
      isSecond: false,
    }));
  }

  /** Starts a tile that another process holds. @returns undefined if a third one was faster */
  async claimSecond(job: string, { id, tile, retryCount }: NonNullable<HeldJob['slow']>): Promise<Claim | undefined> {
    const [mine] = await this.#query(
      'INSERT INTO warpserve.second_start (job, tile, attempt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING tile',
      [job, tile, retryCount],
    );
    return mine && { job, tile, attempt: { id, retryCount }, isSecond: true };
  }

  /** Whether no tile of a job waits or is held. */
  async isEmpty(job: string): Promise<boolean> {
    const left = await this.#query(
      `SELECT 1 FROM pgboss.job WHERE name = $1 AND state NOT IN ('completed', 'cancelled') LIMIT 1`,
      [queueName(job)],
    );
    return left.length === 0;
  }

  /** Releases a tile at once, if this process still holds it: the try does not count, as the tile is not to blame. */
  async giveBack({ job, attempt, isSecond }: Claim): Promise<void> {
    if (isSecond) return;
    await this.#query(
      `UPDATE pgboss.job SET state = 'created', started_on = NULL, heartbeat_on = NULL
       WHERE name = $1 AND id = $2 AND retry_count = $3 AND state = 'active'`,
      [queueName(job), attempt.id, attempt.retryCount],
    );
  }

  /** Releases a tile whose computation ended its thread, or its process: it may do so MOST_TRIES times. */
  async fail({ job, attempt, isSecond }: Claim): Promise<void> {
    if (!isSecond) await this.#boss.fail(queueName(job), attempt);
  }

  /** Releases the tiles of a job whose processes have sent no heartbeat. @returns how many */
  async releaseLost(job: string): Promise<number> {
    const lost = await this.#query<{ id: string; retryCount: number }>(
      `SELECT id, retry_count AS "retryCount" FROM pgboss.job
       WHERE name = $1 AND state = 'active' AND heartbeat_on + heartbeat_seconds * interval '1 second' < now()`,
      [queueName(job)],
    );
    for (const attempt of lost) await this.#boss.fail(queueName(job), attempt);
    return lost.length;
  }

  /** Removes all tiles of a job, within a transaction. */
  async clear(job: string, query: Query): Promise<void> {
    await query('DELETE FROM pgboss.job WHERE name = $1', [queueName(job)]);
  }

  /** Sends a heartbeat for tiles that are being computed, or are to be: one statement for each job. */
  async touch(claims: readonly Claim[]): Promise<void> {
    const first = claims.filter(({ isSecond }) => !isSecond);
    for (const [job, own] of Map.groupBy(first, ({ job }) => job))
      await this.#boss.touch(
        queueName(job),
        own.map(({ attempt }) => attempt),
      );
  }

  /** Releases tiles held by processes that no longer exist. */
  async release(job: string): Promise<void> {
    const held = await this.#query<{ id: string; retryCount: number }>(
      `SELECT id, retry_count AS "retryCount" FROM pgboss.job WHERE name = $1 AND state = 'active'`,
      [queueName(job)],
    );
    for (const attempt of held) await this.#boss.fail(queueName(job), attempt);
  }

  /** Drops whatever is left of a job. */
  async drop(job: string): Promise<void> {
    await this.#boss.deleteQueue(queueName(job)).catch(() => {}); // it may be gone already
  }
}

function* numbers(count: number): Generator<number> {
  for (let k = 0; k < count; k++) yield k;
}

const asDb = (query: Query): Db => ({
  executeSql: async (text, values) => ({ rows: await query(text, values ?? []) }),
});
