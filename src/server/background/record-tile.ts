import type { Query } from '../database/database.ts';
import type { Claim } from './queue.ts';
import { queueName } from './queue-name.ts';

/** A tile that was computed. */
export interface TileDone {
  readonly tile: number;
  readonly cells: number;
  readonly ms: number;
  /** The time of threads in that, in milliseconds. */
  readonly compute: number;
  readonly digest: string;
}

/**
 * Takes a tile out of the queue, and records that it is done: one statement, so that either both happen or neither, without more round trips. Whoever is
 * first counts: whoever comes later finds nothing to take out. Cancelling a job does not wait for this, nor do other tiles.
 *
 * @param process the process that computed it
 * @returns whether it counts: not if the job was dropped, restarted or cancelled, or another process was first
 */
export async function recordTile(
  query: Query,
  { job, attempt }: Pick<Claim, 'job' | 'attempt'>,
  { tile, cells, ms, compute, digest }: TileDone,
  process: string,
): Promise<boolean> {
  const recorded = await query(
    `WITH wanted AS (
       SELECT id FROM warpserve.job WHERE id = $1 AND status IN ('queued', 'running') FOR KEY SHARE
     ), taken AS (
       DELETE FROM pgboss.job USING wanted WHERE pgboss.job.name = $2 AND pgboss.job.id = $3 RETURNING pgboss.job.id
     )
     INSERT INTO warpserve.tile_done (job, tile, cells, ms, compute, digest, process)
     SELECT $1, $4, $5, $6, $7, $8, $9 FROM taken ON CONFLICT DO NOTHING RETURNING tile`,
    [job, queueName(job), attempt.id, tile, cells, ms, compute, digest, process],
  );
  return recorded.length === 1;
}
