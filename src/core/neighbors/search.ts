import { seriesAt } from '../dataset.ts';
import { type CancelFlag, throwIfCancelled } from '../errors.ts';
import type { MetricRecord } from '../metric.ts';
import { valueSolver } from '../solve.ts';
import { boundsFor } from './bounds.ts';
import { type Nearest, nearest } from './nearest.ts';
import type { NeighborsProblem, Work } from './problem.ts';

/** A function that finds the nearest candidates of one query after another, and counts in `work` what it did for them. */
export function searcher(
  record: MetricRecord,
  { queries, candidates, k, params, be }: NeighborsProblem,
  work: Work,
  cancel?: CancelFlag,
): (query: number) => Nearest {
  const count = candidates.lengths.length;
  const value = valueSolver(record, params, be, cancel);
  const sign = record.similarity ? -1 : 1;
  const bounds = be === 'numpy' && k < count ? boundsFor(record, candidates, params) : undefined;
  return (q) => {
    const query = seriesAt(queries, q);
    const found = nearest(k);
    const bound = bounds?.quick(query);
    // The most promising first, so that soon nothing is left that could be nearer.
    const order = Int32Array.from({ length: count }, (_, l) => l);
    if (bound) order.sort((a, b) => bound[a] - bound[b]);
    for (const [at, l] of order.entries()) {
      throwIfCancelled(cancel);
      if (bounds && bound) {
        const limit = bounds.above(found.worst());
        if (bound[l] > limit) {
          work.pruned += count - at;
          break;
        }
        if (bounds.second(query, l) > limit) {
          work.pruned++;
          continue;
        }
      }
      found.offer(l, sign * value(query, seriesAt(candidates, l)));
      work.computed++;
    }
    return found;
  };
}
