import { findsTheSame } from './finds-the-same.ts';
import type { Job } from './job.ts';
import { MatrixFiles } from './matrix-files.ts';
import type { Site } from './site.ts';
import { tiledJob } from './tiled-job.ts';

/**
 * Takes over a job that was begun with kernels that nobody has any more: after an upgrade. What is done of it stays done if these kernels compute the same; otherwise it
 * starts again, so that its result does not come from both.
 *
 * @param closing once it is aborted, the job is left to whoever comes next
 */
export async function adopt(job: Pick<Job, 'id' | 'kernel'>, site: Site, closing: AbortSignal): Promise<void> {
  const { database, table, log, kernel } = site;
  if (!database.alone && !(await table.mayAdopt(job))) return;
  const { id } = job;
  if (await findsTheSame(site, id, closing)) {
    if (await table.goOn(job, kernel)) log.info({ job: id, kernel: job.kernel }, 'a job goes on with other kernels');
  } else if (await startAgain(job, site)) {
    log.info({ job: id, kernel: job.kernel }, 'a job whose kernels are gone starts again');
  }
}

/** @returns whether it does: another process may have been faster */
async function startAgain(
  { id, kernel }: Pick<Job, 'id' | 'kernel'>,
  { database, table, queue, datasets, store, kernel: own }: Site,
): Promise<boolean> {
  const job = await table.get(id);
  if (job === undefined) return false;
  // It may be cut in another way now. If it cannot be read any more, its first tile says why.
  const tiling = await tiledJob(datasets, job).then(
    (tiled) => tiled.tiling,
    () => undefined,
  );
  if (tiling?.matrix) await new MatrixFiles(store, id, tiling.matrix).describe();
  const tiles = tiling?.count ?? job.tiles;
  return database.transaction(async (statement) => {
    if (!(await table.restart({ id, kernel }, { kernel: own, tiles }, statement))) return false;
    await queue.clear(id, statement);
    await table.forget(id, statement);
    await queue.addAll(id, tiles, statement);
    return true;
  });
}
