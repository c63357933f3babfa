import type { Pool } from '../pool/pool.ts';
import type { JobTable } from './job-table.ts';
import { measuredSpeed, referenceSpeed } from './measure.ts';

/** Machines differ by no more than this, whatever was measured. */
const MOST_RATIO = 8;

/** What the speed of is asked: arguments of `measuredSpeed`. */
type Arguments = Parameters<typeof measuredSpeed> extends [unknown, ...infer Rest] ? Rest : never;

/** The processes among which tiles are shared. */
export interface Fleet {
  readonly table: JobTable;
  readonly kernel: string;
  readonly goneSeconds: number;
}

/**
 * Cells per millisecond by which tiles are cut: the speed of the slowest process that shares them, as faster ones take several at once. Work of a kind that
 * none of them has done is measured here, and corrected by how much slower or faster the slowest machine is.
 *
 * @param fleet undefined if no other process computes
 */
export async function tileSpeed(pool: Pool, fleet: Fleet | undefined, ...work: Arguments): Promise<number> {
  if (fleet === undefined) return measuredSpeed(pool, ...work);
  const { table, kernel, goneSeconds } = fleet;
  const kind = work[4];
  const shared = await table.perMs(kind, kernel, goneSeconds);
  if (shared !== undefined) return shared;
  const own = await measuredSpeed(pool, ...work);
  const theirs = await table.leastSpeed(kernel, goneSeconds);
  const ours = theirs && (await referenceSpeed(pool));
  return theirs && ours ? own * Math.min(MOST_RATIO, Math.max(1 / MOST_RATIO, theirs / ours)) : own;
}
