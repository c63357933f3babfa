import { valueSolver } from '../../engines/solve.ts';
import { type CancelFlag, throwIfCancelled } from '../../errors.ts';
import { seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { inPair } from '../in-pair.ts';
import { type Nearest, nearest } from './nearest.ts';
import type { NeighborsProblem, Work } from './problem.ts';
import { type Bounds, boundsFor } from './pruning.ts';

/** Comparisons between two polls: about a millisecond. */
const POLL_EVERY = 10_000;

/** A function that finds the nearest candidates of one query after another, and counts its work in `work`. */
export function searcher(
  record: MetricRecord,
  { queries, candidates, k, params, be }: NeighborsProblem,
  work: Work,
  cancel?: CancelFlag,
): (query: number) => Nearest {
  const count = candidates.lengths.length;
  const value = valueSolver(record, params, be, cancel);
  const sign = record.similarity ? -1 : 1;
  const poll = () => throwIfCancelled(cancel);
  const bounds = be === 'numpy' && k < count ? boundsFor(record, candidates, params, poll) : undefined;

  let candidate = 0;
  const look = (l: number) => {
    candidate = l;
  };

  const every = (query: Series, found: Nearest) => {
    for (let l = 0; l < count; l++) {
      look(l);
      found.offer(l, sign * value(query, seriesAt(candidates, l)));
    }
    work.computed += count;
  };

  const promising = (query: Series, found: Nearest, { quick, within, value: finished, above }: Bounds) => {
    const least = quick(query, look);
    let compared = 0;
    // The most promising first, so that soon no remaining candidate can be nearer.
    const order = Int32Array.from(least.keys()).sort((a, b) => {
      if (++compared % POLL_EVERY === 0) poll();
      return least[a] - least[b];
    });
    for (const [at, l] of order.entries()) {
      poll();
      const limit = above(found.worst());
      if (least[l] > limit) {
        work.pruned += count - at;
        break;
      }
      look(l);
      const last = within(query, l, limit);
      if (last === Infinity && limit < Infinity) {
        work.pruned++;
        continue;
      }
      // The solver reports values that are out of range.
      found.offer(l, last === Infinity ? value(query, seriesAt(candidates, l)) : finished(last));
      work.computed++;
    }
  };

  return (q) => {
    const found = nearest(k);
    const query = seriesAt(queries, q);
    try {
      if (bounds) promising(query, found, bounds);
      else every(query, found);
    } catch (error) {
      throw inPair(error, ['queries', q], ['candidates', candidate]);
    }
    return found;
  };
}
