import { type MetricRecord, readDataset, readParams } from '../../core/server-door.ts';
import { compute } from '../operations/answer.ts';
import { operationOf } from '../operations/index.ts';
import type { Common, Operation } from '../operations/operation.ts';
import type { Pool } from '../pool/pool.ts';
import { LEAST_SHARE } from './least-share.ts';

/** The work to measure a speed by: some milliseconds. */
const CELLS = 20_000_000;
/** It is done several times: the first times, the kernels are still being compiled, and it takes four times as long. */
const ROUNDS = 5;
/** Whoever submits a job waits no longer than this for it. */
const MOST_MS = 300;

/**
 * How many cells of a kind of work a thread computes in a millisecond. Where that was never measured, and the job is cut into tiles by it, a small
 * tile is computed first, and the fastest time of several counts.
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
  const caller = { id: 'measuring', share: LEAST_SHARE };
  const abandoned = AbortSignal.timeout(MOST_MS);
  const [part] = small.bodies(0) as [typeof body];
  let fastest = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
      const call = { kind, abandoned, timing, background: true, caller };
      await compute(operation, operation.plan(record, part, query), pool, call);
      fastest = Math.max(fastest, timing.cells / timing.compute);
    }
  } catch {
    // What is wrong with the request fails the job; a machine that is too busy to measure anything cuts it into smaller tiles.
  }
  return Number.isFinite(fastest) ? Math.max(fastest, pool.perMs({ kind })) : pool.perMs({ kind });
}

/** Work that every process measures alike, to know how fast their machines are in relation to each other: five times some 35 million cells. */
const REFERENCE = 'reference of machines';
const SERIES = 64;
const STEPS = 128;
const TIMES = 5;

const references = new WeakMap<Pool, Promise<number | undefined>>();

/** How many cells of the reference a thread of this process computes in a millisecond, at its best; undefined if it was too busy to tell. */
export function referenceSpeed(pool: Pool): Promise<number | undefined> {
  const known = references.get(pool) ?? measuredReference(pool);
  references.set(pool, known);
  void known.then((speed) => speed ?? references.delete(pool)); // whoever asks later tries again
  return known;
}

async function measuredReference(pool: Pool): Promise<number | undefined> {
  const [record, operation] = operationOf('dtw', '/cdist');
  const waves = Array.from({ length: SERIES }, (_, k) =>
    Array.from({ length: STEPS }, (_value, i) => Math.sin(k + i / 3)),
  );
  const body = { dataset1: readDataset(waves), params: readParams(record, {}), be: 'numpy' as const };
  const abandoned = AbortSignal.timeout(MOST_MS);
  let best = 0;
  for (let k = 0; k < TIMES && !abandoned.aborted; k++) {
    const plan = operation.plan(record, body, {});
    const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
    const caller = { id: 'measuring', share: LEAST_SHARE };
    const call = { kind: REFERENCE, abandoned, timing, background: true, caller };
    const isDone = await compute(operation, plan, pool, call).then(
      () => true,
      () => false,
    );
    if (isDone) best = Math.max(best, plan.price.cells / timing.compute);
  }
  return best || undefined;
}
