import type { MetricRecord } from '../../core/server-door.ts';
import { compute } from '../operations/answer.ts';
import type { Common, Operation } from '../operations/operation.ts';
import type { Pool } from '../pool/pool.ts';
import { LEAST_SHARE } from './least-share.ts';

/** The work to measure a speed by: some milliseconds. */
const CELLS = 20_000_000;
/** Whoever submits a job waits no longer than this for it. */
const MOST_MS = 300;

/**
 * How many cells of a kind of work a thread computes in a millisecond. Where that was never measured, and the job is cut into tiles by it, a small
 * tile is computed first.
 */
export async function measuredSpeed(
  pool: Pool,
  operation: Operation,
  record: MetricRecord,
  body: Common & Record<string, unknown>,
  query: Readonly<Partial<Record<string, boolean>>>,
  kind: string,
): Promise<number> {
  const small = pool.hasMeasured(kind) ? undefined : operation.tiles?.(record, body, CELLS, query);
  if (small === undefined) return pool.perMs({ kind });
  const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
  const caller = { id: 'measuring', share: LEAST_SHARE };
  const call = { kind, abandoned: AbortSignal.timeout(MOST_MS), timing, background: true, caller };
  // What is wrong with the request fails the job; a machine that is too busy to measure anything cuts it into smaller tiles.
  const [part] = small.bodies(0) as [typeof body];
  await compute(operation, operation.plan(record, part, query), pool, call).catch(() => {});
  return pool.perMs({ kind });
}
