import type { Query } from '../database/database.ts';
import type { Job } from './job.ts';

/** An owner of open jobs, and the oldest of those that has tiles waiting, if any. */
export interface Waiting {
  readonly owner: string;
  readonly job: WaitingJob | undefined;
}

export interface WaitingJob extends Pick<Job, 'id' | 'status' | 'cells' | 'tiles'> {
  readonly share: number;
  /** How many tiles wait, as far as they were counted. */
  readonly waiting: number;
  /** How many processes compute jobs with these kernels. */
  readonly processes: number;
}

/** A job whose tiles are all done or held. */
export interface HeldJob {
  readonly id: string;
  /** No tile is left: whoever recorded the last one may have ended before it said so. */
  readonly isDone: boolean;
  /** Some process has sent no heartbeat for its tile. */
  readonly isLost: boolean;
  /** A tile that has ended as many processes as are allowed to it. */
  readonly hopeless: number | null;
  /** The tile that another process has held for the longest time, if that is long for this job, and no third one computes it. */
  readonly slow: { readonly id: string; readonly tile: number; readonly retryCount: number } | null;
}

/** Counting is to cost little. */
const MOST_COUNTED = 1000;
/** Tiles whose times are averaged. */
const SAMPLE = 1000;
const OPEN = `status IN ('queued', 'running')`;
/** Tiles of a job, which the planner finds by the queue's indexes. */
const TILES = `pgboss.job AS tile WHERE tile.name = 'job-' || job.id`;

/**
 * What waits, in one statement, however many jobs are open: a row for each owner of open jobs with these kernels.
 *
 * @param enough tiles for each process; more are not counted
 */
export async function whatWaits(query: Query, kernel: string, goneSeconds: number, enough: number): Promise<Waiting[]> {
  const rows = await query<{ owner: string; id: string | null } & WaitingJob>(
    `WITH fleet AS MATERIALIZED (
       SELECT greatest(1, count(*))::integer AS processes FROM warpserve.process
       WHERE kernel = $1 AND seen > now() - make_interval(secs => $2)
     )
     SELECT owners.owner, job.*, processes
     FROM fleet CROSS JOIN (SELECT DISTINCT owner FROM warpserve.job WHERE ${OPEN} AND kernel = $1) owners
     LEFT JOIN LATERAL (
       SELECT id, status, cells, tiles, share, (
         SELECT count(*)::integer FROM (
           SELECT FROM ${TILES} AND state < 'active' LIMIT least(${MOST_COUNTED}, $3 * (SELECT processes FROM fleet))
         ) counted
       ) AS waiting
       FROM warpserve.job WHERE owner = owners.owner AND ${OPEN} AND kernel = $1
       AND EXISTS (SELECT FROM ${TILES} AND state < 'active')
       ORDER BY number LIMIT 1
     ) job ON true`,
    [kernel, goneSeconds, enough],
  );
  return rows.map(({ owner, id, ...job }) => ({ owner, job: id === null ? undefined : { ...job, id } }));
}

/**
 * What is held where nothing waits, in one statement, oldest job first.
 *
 * @param own attempts of this process
 * @param slow a tile is slow after this many times as long as tiles of its job take, or take by plan before the first one is done
 */
export function whatIsHeld(
  query: Query,
  kernel: string,
  own: readonly string[],
  slow: number,
  plannedMs: number,
): Promise<HeldJob[]> {
  return query(
    `SELECT job.id,
       NOT EXISTS (SELECT FROM ${TILES} AND state NOT IN ('completed', 'cancelled')) AS "isDone",
       EXISTS (SELECT FROM ${TILES} AND state = 'active'
               AND heartbeat_on + heartbeat_seconds * interval '1 second' < now()) AS "isLost",
       (SELECT (data->>'tile')::integer FROM ${TILES} AND state = 'failed' LIMIT 1) AS hopeless,
       (SELECT jsonb_build_object('id', tile.id, 'tile', (data->>'tile')::integer, 'retryCount', retry_count)
        FROM ${TILES} AND state = 'active' AND NOT tile.id = ANY($2::uuid[])
        AND started_on < now() - make_interval(secs => $3 * usual.ms / 1000)
        AND NOT EXISTS (SELECT FROM warpserve.second_start second
                        WHERE second.job = job.id AND second.tile = (data->>'tile')::integer AND attempt = retry_count)
        ORDER BY started_on LIMIT 1) AS slow
     FROM warpserve.job
     CROSS JOIN LATERAL (
       SELECT coalesce(avg(ms), $4) AS ms FROM (SELECT ms FROM warpserve.tile_done WHERE tile_done.job = job.id LIMIT ${SAMPLE}) sample
     ) usual
     WHERE ${OPEN} AND kernel = $1 ORDER BY number`,
    [kernel, own, slow, plannedMs],
  );
}
