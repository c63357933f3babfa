import { type CancelFlag, Cancelled, throwIfCancelled } from '../errors.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Series } from '../input/series.ts';
import type { Params } from '../metric/params.ts';
import type { Solution, Wanted } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';
import { engines } from './engines.ts';
import { bands, buildProblem, isInRange, solver } from './solve.ts';

/** What a solver of pairs reports, by the index of the pair. */
export interface PairsTo {
  /** In any order. */
  readonly put: (at: number, solution: Solution) => void;
  /** The pair that is looked at, before anything can be wrong with it. */
  readonly look: (at: number) => void;
}

/**
 * Solves a metric for many pairs, many at once if the backend can.
 *
 * @throws InvalidInput for the first pair that has no solution, after `look` at it; Cancelled once `cancel` is raised
 */
export function pairsSolver(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  wanted: Wanted,
  cancel?: CancelFlag,
): (pairs: readonly (readonly [Series, Series])[], to: PairsTo) => void {
  const solve = solver(record, params, backend, wanted, cancel);
  const bandOf = bands(params);
  const problemOf = (s1: Series, s2: Series) => buildProblem(record, s1, s2, params, bandOf);
  const poll = () => throwIfCancelled(cancel);
  const many = engines[backend].pairs?.(record, params, bandOf, wanted, poll, problemOf);
  return (pairs, { put, look }) => {
    const done = new Uint8Array(pairs.length);
    try {
      many?.(pairs, (at, solution) => {
        if (!isInRange(solution)) return;
        put(at, solution);
        done[at] = 1;
      });
    } catch (error) {
      // One by one it is thrown again, by the first pair that has it.
      if (error instanceof Cancelled) throw error;
    }
    for (const [at, [s1, s2]] of pairs.entries()) {
      if (done[at] === 1) continue;
      look(at);
      put(at, solve(s1, s2));
    }
  };
}
