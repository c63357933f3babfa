import { setTimeout } from 'node:timers/promises';
import { adopt } from './adopt.ts';
import { referenceSpeed } from './measure.ts';
import type { Site } from './site.ts';

/** How often a process that computes says that it does, and after how many seconds of silence it is gone. */
const BEAT_MS = 10_000;
export const GONE_SECONDS = 60;

/**
 * Tells other processes which kernels there are, and takes over jobs whose kernels are gone: after an upgrade.
 *
 * @returns what goes on until it is cleared
 */
export async function joinFleet(site: Site, closing: AbortSignal): Promise<NodeJS.Timeout> {
  const { config, pool, log, table, process, kernel } = site;
  let isAdopting = false;
  const adoptOrphans = async (): Promise<void> => {
    if (isAdopting) return;
    isAdopting = true;
    try {
      for (const job of await table.orphans(kernel, GONE_SECONDS)) await adopt(job, site, closing);
    } catch (err) {
      if (!closing.aborted) log.warn({ err }, 'a job whose kernels are gone');
    } finally {
      isAdopting = false;
    }
  };
  const beat = async (): Promise<void> => {
    await table.seen(process, kernel, config.WORKERS, await referenceSpeed(pool));
    void adoptOrphans(); // which computes some tiles
  };
  await beat();
  return setInterval(() => void beat().catch((err) => log.warn({ err }, 'the list of processes')), BEAT_MS).unref();
}

/** Resumes the jobs of the process that had the embedded database before: no other one can hold a tile. */
export async function resumeJobs(site: Site, closing: AbortSignal): Promise<void> {
  const { database, table, queue, kernel, log } = site;
  const jobs = await table.open();
  let isLost = false; // then it is opened again, and jobs are resumed anew
  void database.lost?.then(() => {
    isLost = true;
  });
  for (const { id } of jobs) await queue.release(id);
  const others = jobs.filter((job) => job.kernel !== kernel);
  const adoptAll = async (): Promise<void> => {
    for (let job = others.shift(); job && !closing.aborted; job = others.shift()) {
      try {
        await adopt(job, site, closing);
      } catch (err) {
        if (closing.aborted || isLost) return;
        log.warn({ err }, 'a job whose kernels are gone');
        others.push(job);
        await setTimeout(BEAT_MS, undefined, { ref: false, signal: closing }).catch(() => {});
      }
    }
  };
  void adoptAll(); // which computes some tiles
}
