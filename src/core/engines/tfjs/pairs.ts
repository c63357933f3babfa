import type { Series } from '../../input/series.ts';
import type { Poll } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { BandOf, Problem, RecurrenceProblem, Wanted } from '../../metric/problem.ts';
import type { MetricRecord } from '../../metric/record.ts';
import type { ManyPairs } from '../engine.ts';
import { requireFloat32 } from './in-float32.ts';
import { solveAlike } from './solve-alike.ts';

/** How many local costs, of all channels, are computed together: some milliseconds, and 30 MB with their gradient. */
const NUMBERS = 2 ** 18;

/** Pairs of equal lengths as one batch on the tape; undefined for metrics without a recurrence, and where the kernels compute. */
export function tensorPairs(
  record: MetricRecord,
  params: Params,
  _bandOf: BandOf,
  { grad = false, path, alignment }: Wanted,
  poll: Poll,
  problemOf: (s1: Series, s2: Series) => Problem,
): ManyPairs | undefined {
  if (record.direct || !params.compute_with_backend || path || alignment) return undefined;
  return (pairs, put) => {
    const groups = new Map<string, { at: number; problem: RecurrenceProblem }[]>();
    for (const [at, [s1, s2]] of pairs.entries()) {
      const problem = problemOf(s1, s2) as RecurrenceProblem;
      requireFloat32(problem);
      // The moves and the finish may depend on the series.
      const key = JSON.stringify([s1.n, s2.n, s1.d, problem.recurrence, problem.finish]);
      const group = groups.get(key);
      if (group) group.push({ at, problem });
      else groups.set(key, [{ at, problem }]);
    }
    for (const group of groups.values()) {
      const { s1, s2 } = (group[0] as (typeof group)[number]).problem;
      const most = Math.max(1, Math.floor(NUMBERS / (s1.n * s2.n * s1.d)));
      for (let from = 0; from < group.length; from += most) {
        const part = group.slice(from, from + most);
        const problems = part.map(({ problem }) => problem);
        for (const [k, solution] of solveAlike(problems, grad, poll).entries()) {
          put((part[k] as (typeof part)[number]).at, solution);
        }
      }
    }
  };
}
