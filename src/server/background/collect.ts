import { join } from 'node:path';
import type { Datasets } from '../datasets/datasets.ts';
import type { Store } from '../store/store.ts';
import type { Opened } from './opened.ts';

/** Younger content may belong to an upload or a job that is still being created. */
const YOUNG_MS = 3600 * 1000;

/** Removes results that are older than JOB_TTL, and content that nothing needs. */
export async function collect(
  opened: Opened,
  store: Store,
  datasets: Datasets,
  { JOB_TTL }: { readonly JOB_TTL: number },
): Promise<void> {
  const { table } = opened;
  for (const id of await table.expired(JOB_TTL)) await removeJob(opened, store, id);
  await datasets.collect(await table.digestsNeeded(), YOUNG_MS);
}

/** Removes a job, its tiles and its result. */
export async function removeJob({ table, queue }: Opened, store: Store, id: string): Promise<void> {
  await table.remove(id);
  await queue.drop(id);
  for await (const { key } of store.list(join('jobs', id, '/'))) await store.delete(key);
}
