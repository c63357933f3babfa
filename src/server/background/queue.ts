import { type Db, PgBoss } from 'pg-boss';
import type { Database, Query } from '../database/database.ts';

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
      superviseIntervalSeconds: 5,
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
    await this.#boss.createQueue(nameOf(job), {
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
      if (part.length > 0) await this.#boss.insert(nameOf(job), part, { db });
      part = [];
    };
    for (const tile of tiles) {
      part.push({ data: { tile } });
      if (part.length === AT_ONCE) await flush();
    }
    await flush();
  }

  /** Takes a free tile of a job. */
  async claim(job: string): Promise<Claim | undefined> {
    const [found] = await this.#boss.fetch<{ tile: number }>(nameOf(job), { includeMetadata: true });
    return (
      found && { job, tile: found.data.tile, attempt: { id: found.id, retryCount: found.retryCount }, isSecond: false }
    );
  }

  /** A tile that another process has held for longer than a number of milliseconds, and that no third one computes. */
  async claimSecond(job: string, ms: number, own: readonly Claim[]): Promise<Claim | undefined> {
    const [slow] = await this.#query<{ id: string; tile: number; retryCount: number }>(
      `SELECT id, (data->>'tile')::integer AS tile, retry_count AS "retryCount" FROM pgboss.job
       WHERE name = $1 AND state = 'active' AND started_on < now() - make_interval(secs => $2) AND NOT id = ANY($3::uuid[])
       AND NOT EXISTS (SELECT 1 FROM warpserve.second_start s
                       WHERE s.job = $4 AND s.tile = (data->>'tile')::integer AND s.attempt = retry_count)
       ORDER BY started_on LIMIT 1`,
      [nameOf(job), ms / 1000, own.map(({ attempt }) => attempt.id), job],
    );
    if (slow === undefined) return undefined;
    const [mine] = await this.#query(
      'INSERT INTO warpserve.second_start (job, tile, attempt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING tile',
      [job, slow.tile, slow.retryCount],
    );
    return mine && { job, tile: slow.tile, attempt: { id: slow.id, retryCount: slow.retryCount }, isSecond: true };
  }

  /** Removes a tile that is done, whoever holds it now. @returns false if another one was first, or the job was dropped or restarted */
  async complete({ job, attempt }: Claim, query: Query): Promise<boolean> {
    const found = await this.#boss.deleteJob(nameOf(job), attempt.id, { db: asDb(query) });
    return (found as { affected?: number }).affected === 1;
  }

  /** Whether no tile of a job waits or is held. */
  async isEmpty(job: string): Promise<boolean> {
    const left = await this.#query(
      `SELECT 1 FROM pgboss.job WHERE name = $1 AND state NOT IN ('completed', 'cancelled') LIMIT 1`,
      [nameOf(job)],
    );
    return left.length === 0;
  }

  /** Releases a tile at once, if this process still holds it: the try does not count, as the tile is not to blame. */
  async giveBack({ job, attempt, isSecond }: Claim): Promise<void> {
    if (isSecond) return;
    await this.#query(
      `UPDATE pgboss.job SET state = 'created', started_on = NULL, heartbeat_on = NULL
       WHERE name = $1 AND id = $2 AND retry_count = $3 AND state = 'active'`,
      [nameOf(job), attempt.id, attempt.retryCount],
    );
  }

  /** Releases a tile whose computation ended its thread, or its process: it may do so MOST_TRIES times. */
  async fail({ job, attempt, isSecond }: Claim): Promise<void> {
    if (!isSecond) await this.#boss.fail(nameOf(job), attempt);
  }

  /** Releases the tiles of a job whose processes have sent no heartbeat. @returns whether there were any */
  async releaseLost(job: string): Promise<boolean> {
    const lost = await this.#query<{ id: string; retryCount: number }>(
      `SELECT id, retry_count AS "retryCount" FROM pgboss.job
       WHERE name = $1 AND state = 'active' AND heartbeat_on + heartbeat_seconds * interval '1 second' < now()`,
      [nameOf(job)],
    );
    for (const attempt of lost) await this.#boss.fail(nameOf(job), attempt);
    return lost.length > 0;
  }

  /** A tile of a job that has ended as many processes as are allowed to it. */
  async hopeless(job: string): Promise<number | undefined> {
    const [found] = await this.#query<{ tile: number }>(
      `SELECT (data->>'tile')::integer AS tile FROM pgboss.job WHERE name = $1 AND state = 'failed' LIMIT 1`,
      [nameOf(job)],
    );
    return found?.tile;
  }

  /** Removes all tiles of a job, within a transaction. */
  async clear(job: string, query: Query): Promise<void> {
    await query('DELETE FROM pgboss.job WHERE name = $1', [nameOf(job)]);
  }

  /** Sends a heartbeat for tiles that are being computed. */
  async touch(claims: readonly Claim[]): Promise<void> {
    for (const { job, attempt, isSecond } of claims) if (!isSecond) await this.#boss.touch(nameOf(job), attempt);
  }

  /** Releases tiles held by processes that no longer exist. */
  async release(job: string): Promise<void> {
    const held = await this.#query<{ id: string; retryCount: number }>(
      `SELECT id, retry_count AS "retryCount" FROM pgboss.job WHERE name = $1 AND state = 'active'`,
      [nameOf(job)],
    );
    for (const attempt of held) await this.#boss.fail(nameOf(job), attempt);
  }

  /** Drops whatever is left of a job. */
  async drop(job: string): Promise<void> {
    await this.#boss.deleteQueue(nameOf(job)).catch(() => {}); // it may be gone already
  }
}

const nameOf = (job: string): string => `job-${job}`;

const asDb = (query: Query): Db => ({
  executeSql: async (text, values) => ({ rows: await query(text, values ?? []) }),
});
