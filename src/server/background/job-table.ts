import type { Database, Query } from '../database/database.ts';
import type { Job, KeptRequest, Status } from './job.ts';

/** A new job. */
export interface NewJob {
  readonly id: string;
  readonly owner: string;
  readonly key: string | undefined;
  readonly fingerprint: string;
  readonly request: KeptRequest;
  readonly digests: readonly string[];
  readonly kernel: string;
  readonly tile_cells: number;
  readonly tiles: number;
  readonly cells: number;
  /** The share of its owner among others. */
  readonly share: number;
  /** The kind of work, which determines how long a cell takes. */
  readonly kind: string;
}

/** How the jobs, the processes that compute them, and their database are doing. */
export interface Load {
  /** How many jobs there are by status. */
  readonly counts: Readonly<Record<string, number>>;
  /** The cells that open ones still have. */
  readonly cells: number;
  /** Processes that compute. */
  readonly workers: number;
  /** Connections that the server has from whomever, and accepts at most. */
  readonly server: { readonly connections: number; readonly most: number };
}

const WITH_PROGRESS = `SELECT job.*, coalesce(done.tiles_done, 0)::integer AS tiles_done, coalesce(done.cells_done, 0) AS cells_done
  FROM warpserve.job LEFT JOIN LATERAL (
    SELECT count(*) AS tiles_done, sum(cells) AS cells_done FROM warpserve.tile_done WHERE tile_done.job = job.id
  ) done ON true`;

/** The jobs, in the database. */
export class JobTable {
  readonly #query: Query;

  constructor(database: Pick<Database, 'query'>) {
    this.#query = database.query;
  }

  /** Adds a job, unless its owner has one with the same key, which is then returned. */
  async add(job: NewJob, query: Query): Promise<{ isNew: boolean }> {
    const added = await query(
      `INSERT INTO warpserve.job (id, owner, key, fingerprint, status, request, digests, kernel, tile_cells, tiles, cells, share, kind)
       VALUES ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $12)
       ON CONFLICT (owner, key) WHERE key IS NOT NULL DO NOTHING RETURNING id`,
      [
        job.id,
        job.owner,
        job.key ?? null,
        job.fingerprint,
        JSON.stringify(job.request),
        job.digests,
        job.kernel,
        job.tile_cells,
        job.tiles,
        job.cells,
        job.share,
        job.kind,
      ],
    );
    return { isNew: added.length === 1 };
  }

  async get(id: string): Promise<Job | undefined> {
    const [job] = await this.#query<Job>(`${WITH_PROGRESS} WHERE job.id = $1`, [id]);
    return job;
  }

  async byKey(owner: string, key: string): Promise<Job | undefined> {
    const [job] = await this.#query<Job>(`${WITH_PROGRESS} WHERE owner = $1 AND key = $2`, [owner, key]);
    return job;
  }

  /** The newest first, after the given number if any. */
  list(owner: string, status: Status | undefined, limit: number, after: string | undefined): Promise<Job[]> {
    return this.#query<Job>(
      `${WITH_PROGRESS} WHERE owner = $1 AND ($2::text IS NULL OR status = $2) AND ($3::bigint IS NULL OR number < $3) ORDER BY number DESC LIMIT $4`,
      [owner, status ?? null, after ?? null, limit],
    );
  }

  /** Unfinished jobs, oldest first. */
  open(): Promise<Pick<Job, 'id' | 'kernel'>[]> {
    return this.#query(`SELECT id, kernel FROM warpserve.job WHERE status IN ('queued', 'running') ORDER BY number`);
  }

  /** Which of these tiles are no longer wanted: another process has recorded them, or their job was stopped. */
  unwanted(
    tiles: readonly { readonly job: string; readonly tile: number }[],
  ): Promise<{ job: string; tile: number; isStopped: boolean }[]> {
    return this.#query(
      `SELECT asked.job, asked.tile, open.id IS NULL AS "isStopped"
       FROM unnest($1::uuid[], $2::integer[]) AS asked (job, tile)
       LEFT JOIN warpserve.job AS open ON open.id = asked.job AND status IN ('queued', 'running')
       WHERE open.id IS NULL OR EXISTS (SELECT FROM warpserve.tile_done WHERE tile_done.job = asked.job AND tile_done.tile = asked.tile)`,
      [tiles.map(({ job }) => job), tiles.map(({ tile }) => tile)],
    );
  }

  async start(id: string): Promise<void> {
    await this.#query(
      `UPDATE warpserve.job SET status = 'running', started = now() WHERE id = $1 AND status = 'queued'`,
      [id],
    );
  }

  /** Ends a job that has not ended. @returns whether it did */
  async end(id: string, status: Status, problem?: Job['problem'], query: Query = this.#query): Promise<boolean> {
    const ended = await query(
      `UPDATE warpserve.job SET status = $2, problem = $3, ended = now() WHERE id = $1 AND status IN ('queued', 'running') RETURNING id`,
      [id, status, problem ? JSON.stringify(problem) : null],
    );
    return ended.length === 1;
  }

  /** Records that a job has succeeded, if all of its tiles are done. They are counted, so this is for when none seems to be left. */
  async succeed(id: string): Promise<void> {
    await this.#query(
      `UPDATE warpserve.job SET status = 'succeeded', ended = now()
       WHERE id = $1 AND status IN ('queued', 'running') AND tiles = (SELECT count(*) FROM warpserve.tile_done WHERE job = $1)`,
      [id],
    );
  }

  /**
   * The cells per millisecond of a thread of the slowest process that has computed tiles of the last jobs of a kind and is still there; of all that have, where none
   * is there. At least an eighth of what they have together, so that a machine that hardly moves does not make tiles tiny. Undefined if there are none.
   */
  async perMs(kind: string, kernel: string, goneSeconds: number): Promise<number | undefined> {
    const [row] = await this.#query<{ speed: number | null }>(
      `SELECT greatest(coalesce(min(cells / ms) FILTER (WHERE is_there), sum(cells) / sum(ms)), sum(cells) / sum(ms) / 8) AS speed
       FROM (
         SELECT sum(done.cells) AS cells, nullif(sum(done.compute), 0) AS ms,
           coalesce(bool_or(process.seen > now() - make_interval(secs => $3)), false) AS is_there
         FROM (SELECT id FROM warpserve.job WHERE kind = $1 AND kernel = $2 ORDER BY number DESC LIMIT 3) job
         CROSS JOIN LATERAL (SELECT cells, compute, process FROM warpserve.tile_done WHERE job = job.id AND compute IS NOT NULL LIMIT 300) done
         LEFT JOIN warpserve.process ON process.id = done.process
         GROUP BY done.process
       ) each`,
      [kind, kernel, goneSeconds],
    );
    return row?.speed || undefined;
  }

  /** The least speed by the reference of the processes that compute; undefined if none has told it. */
  async leastSpeed(kernel: string, goneSeconds: number): Promise<number | undefined> {
    const [row] = await this.#query<{ speed: number | null }>(
      'SELECT min(speed) AS speed FROM warpserve.process WHERE kernel = $1 AND seen > now() - make_interval(secs => $2)',
      [kernel, goneSeconds],
    );
    return row?.speed ?? undefined;
  }

  /** Registers a process that computes, or says that it still does. `speed`: of its threads, by the reference. */
  async seen(process: string, kernel: string, threads: number, speed?: number): Promise<void> {
    await this.#query(
      `INSERT INTO warpserve.process (id, kernel, threads, speed) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET seen = now(), speed = coalesce(excluded.speed, process.speed)`,
      [process, kernel, threads, speed ?? null],
    );
    await this.#query(`DELETE FROM warpserve.process WHERE seen < now() - interval '1 hour'`);
  }

  /** A process has ended. */
  async left(process: string): Promise<void> {
    await this.#query('DELETE FROM warpserve.process WHERE id = $1', [process]);
  }

  /** Unfinished jobs of other kernels that no process has had for a number of seconds. */
  orphans(kernel: string, seconds: number): Promise<Pick<Job, 'id' | 'kernel'>[]> {
    return this.#query(
      `SELECT id, kernel FROM warpserve.job WHERE status IN ('queued', 'running') AND kernel <> $1
       AND created < now() - make_interval(secs => $2)
       AND NOT EXISTS (SELECT 1 FROM warpserve.process WHERE process.kernel = job.kernel AND seen > now() - make_interval(secs => $2))`,
      [kernel, seconds],
    );
  }

  /** The digest of each tile, in order. */
  async digests(id: string): Promise<string[]> {
    const rows = await this.#query<{ digest: string }>(
      'SELECT digest FROM warpserve.tile_done WHERE job = $1 ORDER BY tile',
      [id],
    );
    return rows.map(({ digest }) => digest);
  }

  /** A tile was found damaged, and must be recomputed. */
  async undo(id: string, tile: number, query: Query): Promise<void> {
    await query('DELETE FROM warpserve.tile_done WHERE job = $1 AND tile = $2', [id, tile]);
    await query(`UPDATE warpserve.job SET status = 'running', ended = NULL WHERE id = $1 AND status = 'succeeded'`, [
      id,
    ]);
  }

  /** Some of the tiles that are done, and their digests. */
  someDone(id: string, most: number): Promise<{ tile: number; digest: string }[]> {
    return this.#query(
      'SELECT tile, digest FROM warpserve.tile_done WHERE job = $1 ORDER BY md5(tile::text || $1::text) LIMIT $2',
      [id, most],
    );
  }

  /** Lets one process at a time take over a job of other kernels. @returns whether this one may, within the next minutes */
  async mayAdopt({ id, kernel }: Pick<Job, 'id' | 'kernel'>): Promise<boolean> {
    const mine = await this.#query(
      `UPDATE warpserve.job SET adopting = now() WHERE id = $1 AND kernel = $2 AND status IN ('queued', 'running')
       AND coalesce(adopting < now() - interval '3 minutes', true) RETURNING id`,
      [id, kernel],
    );
    return mine.length === 1;
  }

  /** Lets a job go on with other kernels, and what is done of it. @returns whether it does: not if another process was faster */
  async goOn({ id, kernel }: Pick<Job, 'id' | 'kernel'>, to: string): Promise<boolean> {
    const goesOn = await this.#query(
      `UPDATE warpserve.job SET kernel = $3 WHERE id = $1 AND kernel = $2 AND status IN ('queued', 'running') RETURNING id`,
      [id, kernel, to],
    );
    return goesOn.length === 1;
  }

  /** Lets a job start again with other kernels, cut into that many tiles. @returns whether it does: not if another process was faster */
  async restart(
    { id, kernel }: Pick<Job, 'id' | 'kernel'>,
    { kernel: to, tiles }: Pick<Job, 'kernel' | 'tiles'>,
    query: Query,
  ): Promise<boolean> {
    const restarts = await query(
      `UPDATE warpserve.job SET kernel = $3, tiles = $4, status = 'queued', started = NULL
       WHERE id = $1 AND kernel = $2 AND status IN ('queued', 'running') RETURNING id`,
      [id, kernel, to, tiles],
    );
    return restarts.length === 1;
  }

  /** Forgets the tiles that are done of a job that restarts. Only after its queue was cleared: then none is recorded any more. */
  async forget(id: string, query: Query): Promise<void> {
    await query('DELETE FROM warpserve.tile_done WHERE job = $1', [id]);
  }

  /** Marks the result as being read, so that it is not collected before it has been read. */
  async reading(id: string): Promise<void> {
    await this.#query('UPDATE warpserve.job SET read_at = now() WHERE id = $1', [id]);
  }

  /** Jobs that ended more than the given number of seconds ago, and were not read within the last hour. */
  async expired(seconds: number): Promise<string[]> {
    const rows = await this.#query<{ id: string }>(
      `SELECT id FROM warpserve.job WHERE ended < now() - make_interval(secs => $1)
       AND (read_at IS NULL OR read_at < now() - make_interval(secs => greatest(60, least($1, 3600))))`,
      [seconds],
    );
    return rows.map(({ id }) => id);
  }

  async remove(id: string): Promise<void> {
    await this.#query('DELETE FROM warpserve.job WHERE id = $1', [id]);
  }

  /** Content that some job needs. */
  async digestsNeeded(): Promise<Set<string>> {
    const rows = await this.#query<{ digest: string }>('SELECT DISTINCT unnest(digests) AS digest FROM warpserve.job');
    return new Set(rows.map(({ digest }) => digest));
  }

  /** How many jobs there are by status, and the cells that open ones still have. */
  async load(): Promise<Pick<Load, 'counts' | 'cells'>> {
    const counts = await this.#query<{ status: string; count: number }>(
      'SELECT status, count(*)::integer AS count FROM warpserve.job GROUP BY status',
    );
    const [left] = await this.#query<{ cells: number | null }>(
      `SELECT sum(cells - cells_done) AS cells FROM (${WITH_PROGRESS} WHERE status IN ('queued', 'running')) open`,
    );
    return { counts: Object.fromEntries(counts.map(({ status, count }) => [status, count])), cells: left?.cells ?? 0 };
  }

  /** Who computes, and how many connections the server has. */
  async fleet(goneSeconds: number): Promise<Pick<Load, 'workers' | 'server'>> {
    const [row] = await this.#query<{ workers: number } & Load['server']>(
      `SELECT (SELECT count(*)::integer FROM warpserve.process WHERE seen > now() - make_interval(secs => $1)) AS workers,
         (SELECT count(*)::integer FROM pg_stat_activity WHERE datid IS NOT NULL) AS connections,
         current_setting('max_connections')::integer AS most`,
      [goneSeconds],
    );
    const { workers, connections, most } = row as { workers: number } & Load['server'];
    return { workers, server: { connections, most } };
  }
}
