import { type Db, PgBoss } from 'pg-boss';
import type { Database, Query } from '../database/database.ts';

/** A tile that this process holds until it completes it or gives it back. */
export interface Claim {
  readonly job: string;
  readonly tile: number;
  /** Identifies the attempt when completing or giving back: an expired attempt completes nothing. */
  readonly attempt: { readonly id: string; readonly retryCount: number };
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
    return found && { job, tile: found.data.tile, attempt: { id: found.id, retryCount: found.retryCount } };
  }

  /** Completes a tile. @returns false if this process no longer holds it */
  async complete({ job, attempt }: Claim, query: Query): Promise<boolean> {
    const found = await this.#boss.complete(nameOf(job), attempt, null, { db: asDb(query) });
    return (found as { affected?: number }).affected === 1;
  }

  /** Releases a tile at once. */
  async giveBack({ job, attempt }: Claim): Promise<void> {
    await this.#boss.fail(nameOf(job), attempt);
  }

  /** Sends a heartbeat for tiles that are being computed. */
  async touch(claims: readonly Claim[]): Promise<void> {
    for (const { job, attempt } of claims) await this.#boss.touch(nameOf(job), attempt);
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
