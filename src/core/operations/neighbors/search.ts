import { crossSolver, eachOf } from '../../engines/cross.ts';
import { valueSolver } from '../../engines/solve.ts';
import { type CancelFlag, throwIfCancelled } from '../../errors.ts';
import { seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import { LANES } from '../../kernels/index.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { inPair } from '../in-pair.ts';
import type { Piece } from '../pieces.ts';
import { type Nearest, nearest } from './nearest.ts';
import type { NeighborsProblem, Work } from './problem.ts';
import { type Bounds, boundsFor, type Promising } from './pruning.ts';

/** Comparisons between two polls: about a millisecond. */
const POLL_EVERY = 10_000;

/** Finds the nearest candidates of queries from..to - 1, in their order, and counts its work in `work`. */
export function search(
  record: MetricRecord,
  { queries, candidates, k, params, be }: NeighborsProblem,
  { from, to }: Piece,
  work: Work,
  cancel?: CancelFlag,
): Nearest[] {
  const count = candidates.lengths.length;
  const poll = () => throwIfCancelled(cancel);
  let [query, candidate] = [from, 0];
  try {
    const bounds = be === 'numpy' && k < count ? boundsFor(record, candidates, to - from, params, poll) : undefined;
    if (bounds === undefined) {
      const found = Array.from({ length: to - from }, () => nearest(k));
      const sign = record.similarity ? -1 : 1;
      const rows = found.map((_, at) => ({ k: from + at, from: 0, to: count }));
      const put = (q: number, l: number, value: number) => found[q - from].offer(l, sign * value);
      crossSolver(record, params, be, cancel)(queries, candidates, rows, {
        look(q, l) {
          query = q;
          candidate = l;
        },
        put,
        putBlock: (block) => eachOf(block, put),
      });
      work.computed += count * found.length;
      return found;
    }
    try {
      const value = valueSolver(record, params, be, cancel);
      const found = Array.from({ length: to - from }, (_, at) => {
        query = from + at;
        const series = seriesAt(queries, query);
        return promising(series, bounds, { count, k, work, poll }, (l) => {
          candidate = l;
          return () => value(series, seriesAt(candidates, l));
        });
      });
      bounds.end();
      return found;
    } finally {
      bounds.release();
    }
  } catch (error) {
    throw inPair(error, ['queries', query], ['candidates', candidate]);
  }
}

interface Search {
  readonly count: number;
  readonly k: number;
  readonly work: Work;
  readonly poll: () => void;
}

/**
 * The nearest candidates of one query, by bounds. `look` is called with a candidate before anything can be wrong with it, and returns how to compute its value
 * by itself.
 */
function promising(
  query: Series,
  { quick, closer, within, value, above }: Bounds,
  { count, k, work, poll }: Search,
  look: (l: number) => () => number,
): Nearest {
  const found = nearest(k);
  const least = quick(query, look);
  let waiting: Promising[] = [];
  /** Computes those that wait, eight at once. */
  const compute = () => {
    const limit = above(found.worst());
    const lasts = within(query, waiting, limit);
    for (const [at, { l }] of waiting.entries()) {
      const last = lasts[at];
      if (last > limit) {
        work.pruned++;
        continue;
      }
      const alone = look(l);
      // The solver reports values that are out of range.
      found.offer(l, last === Infinity ? alone() : value(last));
      work.computed++;
    }
    waiting = [];
  };
  const admit = (l: number) => {
    look(l);
    const candidate = closer(query, l, above(found.worst()));
    if (candidate) waiting.push(candidate);
    else work.pruned++;
    if (waiting.length === LANES) compute();
  };

  // The most promising first, so that soon no remaining candidate can be nearer: few of them are left to be sorted.
  const begin = leastOf(least, Math.min(k, LANES));
  for (const l of begin) admit(l);
  if (waiting.length > 0) compute();
  const limit = above(found.worst());
  const rest: number[] = [];
  for (let l = 0; l < count; l++) if (least[l] <= limit && !begin.includes(l)) rest.push(l);
  work.pruned += count - begin.length - rest.length;
  let compared = 0;
  rest.sort((a, b) => {
    if (++compared % POLL_EVERY === 0) poll();
    return least[a] - least[b];
  });
  for (const [at, l] of rest.entries()) {
    poll();
    if (least[l] > above(found.worst())) {
      work.pruned += rest.length - at;
      break;
    }
    admit(l);
  }
  if (waiting.length > 0) compute();
  return found;
}

/** The places of the smallest numbers, in ascending order. */
function leastOf(numbers: Float64Array, most: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < numbers.length; at++) {
    if (places.length === most && numbers[at] >= numbers[places[most - 1]]) continue;
    let to = places.length;
    while (to > 0 && numbers[places[to - 1]] > numbers[at]) to--;
    places.splice(to, 0, at);
    if (places.length > most) places.pop();
  }
  return places;
}
