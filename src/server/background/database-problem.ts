import { DatabaseFailure } from '../database/database.ts';
import { Problem } from '../http/errors.ts';

/** A failure of the database of jobs, as the caller gets to see it; undefined for any other error. */
export function databaseProblem(error: unknown): Problem | undefined {
  if (!(error instanceof DatabaseFailure)) return undefined;
  const detail = 'the database of jobs cannot be used at the moment: try again later';
  return new Problem('store_unavailable', detail, { headers: { 'retry-after': '10' }, cause: error });
}
