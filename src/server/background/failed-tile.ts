import { setTimeout } from 'node:timers/promises';
import { asProblem, Problem } from '../http/errors.ts';
import type { Claim } from './queue.ts';
import { retryFor } from './retries.ts';
import { type Site, warnOfTile } from './site.ts';

/** How long to wait after a failure of the store or the database before retrying. */
const AGAIN_MS = 2000;

/**
 * What happens to a tile that could not be computed: an error in the request ends the job; after failures on our side the tile is tried again.
 *
 * @returns whether the job has ended
 */
export async function failedTile(site: Site, claim: Claim, error: unknown): Promise<boolean> {
  const { table, queue } = site;
  const problem = asProblem(error);
  const isOfRequest = problem !== undefined && problem.status < 500;
  if (isOfRequest || (problem === undefined && !isOfSurroundings(error))) {
    const { code, message, errors } = problem ?? new Problem('internal_error', 'internal error: see the log');
    if (problem === undefined) warnOfTile(site, error);
    await table.end(claim.job, 'failed', { code, detail: message, ...(errors && { errors }) });
    await queue.drop(claim.job);
    return true;
  }
  warnOfTile(site, error);
  site.retried(retryFor(error), 1);
  await setTimeout(AGAIN_MS);
  if (problem?.code === 'worker_lost') await queue.fail(claim);
  else await queue.giveBack(claim);
  return false;
}

/** Failures of the store, the database and the threads are temporary. */
export const isOfSurroundings = (error: unknown): boolean =>
  error instanceof Error && (/^(StoreFailure|DatabaseFailure)$/.test(error.name) || 'code' in error);
