import type { Job } from './job.ts';
import { referenceSpeed } from './measure.ts';
import type { Site } from './site.ts';

/** How often a process that computes says that it does, and after how many seconds of silence it is gone. */
const BEAT_MS = 10_000;
export const GONE_SECONDS = 60;

/** Resumes a job of another process here. A job started with other kernels restarts, so that its result is consistent. */
export async function adopt(
  { id, kernel }: Pick<Job, 'id' | 'kernel'>,
  ownKernel: string,
  { database, table, queue }: Pick<Site, 'database' | 'table' | 'queue'>,
): Promise<void> {
  if (kernel === ownKernel) return queue.release(id);
  await database.transaction(async (statement) => {
    const job = await table.restart({ id, kernel }, ownKernel, statement);
    if (job === undefined) return;
    await queue.clear(id, statement);
    await table.forget(id, statement);
    await queue.addAll(id, job.tiles, statement);
  });
}

/** Tells other processes which kernels there are, and takes over jobs whose kernels are gone: after an upgrade. @returns what goes on until it is cleared */
export async function joinFleet(site: Site): Promise<NodeJS.Timeout> {
  const { config, pool, log, table, process, kernel } = site;
  const beat = async (): Promise<void> => {
    await table.seen(process, kernel, config.WORKERS, await referenceSpeed(pool));
    for (const job of await table.orphans(kernel, GONE_SECONDS)) {
      log.info({ job: job.id, kernel: job.kernel }, 'a job whose kernels are gone starts again');
      await adopt(job, kernel, site);
    }
  };
  await beat();
  return setInterval(() => void beat().catch((err) => log.warn({ err }, 'the list of processes')), BEAT_MS).unref();
}
