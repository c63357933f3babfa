import { randomUUID } from 'node:crypto';
import type { MetricRecord } from '../../core/server-door.ts';
import { Problem } from '../http/errors.ts';
import { kindOf } from '../operations/kind.ts';
import type { Common, Operation } from '../operations/operation.ts';
import { GONE_SECONDS } from './fleet.ts';
import type { Job } from './job.ts';
import type { Surroundings } from './jobs-database.ts';
import { fingerprintOf, keepRequest } from './keep-request.ts';
import { kernelVersion } from './kernel-version.ts';
import { MatrixFiles } from './matrix-files.ts';
import type { Opened } from './opened.ts';
import { tileSpeed } from './tile-speed.ts';
import { tilingOf } from './tiled-job.ts';

/** A request that is to be done as a job. */
export interface JobRequest {
  readonly caller: { readonly owner: string; readonly share: number };
  readonly record: MetricRecord;
  readonly operation: Operation;
  readonly body: Common & Record<string, unknown>;
  readonly query: Readonly<Partial<Record<string, boolean>>>;
  /** The Idempotency-Key. */
  readonly key: string | undefined;
}

/** Stores a request, cuts it into tiles and queues them. @returns the job, or the earlier one with the same key @throws Problem `key_reused` */
export async function addJob(
  { config, pool, datasets, store }: Surroundings,
  { table, database, queue, runner }: Opened,
  { caller: { owner, share }, record, operation, body, query, key }: JobRequest,
  cells: number,
): Promise<Job> {
  const flags = Object.fromEntries(Object.entries(query).filter(([, asked]) => asked)) as Record<string, boolean>;
  const { request, digests } = await keepRequest(datasets, record, operation, body, flags);
  const fingerprint = fingerprintOf(request);
  const kind = kindOf(record, operation, body, flags);
  const kernel = kernelVersion();
  const fleet = config.DATABASE_URL ? { table, kernel, goneSeconds: GONE_SECONDS } : undefined;
  const tileCells = config.TILE_MS * (await tileSpeed(pool, fleet, operation, record, body, flags, kind));
  const tiling = tilingOf(operation, record, body, tileCells, flags);
  const id = randomUUID();
  const job = {
    id,
    owner,
    key,
    fingerprint,
    request,
    digests,
    kernel,
    tile_cells: tileCells,
    tiles: tiling.count,
    cells,
    share,
    kind,
  };
  if (key !== undefined) {
    const known = await table.byKey(owner, key);
    if (known) return same(known, fingerprint);
  }
  if (tiling.matrix) await new MatrixFiles(store, id, tiling.matrix).describe();
  await queue.prepare(id);
  const isNew = await database.transaction(async (statement) => {
    const added = await table.add(job, statement);
    if (added.isNew) await queue.addAll(id, tiling.count, statement);
    return added.isNew;
  });
  if (!isNew) {
    await queue.drop(id);
    return same((await table.byKey(owner, key as string)) as Job, fingerprint);
  }
  runner.wake();
  return (await table.get(id)) as Job;
}

function same(job: Job, fingerprint: string): Job {
  if (job.fingerprint === fingerprint) return job;
  throw new Problem('key_reused', 'the Idempotency-Key belongs to another request: send a new key');
}
