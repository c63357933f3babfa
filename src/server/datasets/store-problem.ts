import { Problem } from '../http/errors.ts';
import type { StoreFailure } from '../store/store.ts';

/** A failure of the store, as the caller gets to see it. Its message, which may name paths of the server, stays internal. */
export function storeProblem(failure: StoreFailure): Problem {
  const detail = failure.full
    ? 'the store is full: delete data sets or jobs that are no longer needed, or give it more space'
    : 'the store cannot be read or written at the moment: try again later';
  return new Problem('store_unavailable', detail, { headers: { 'retry-after': '10' }, cause: failure });
}
