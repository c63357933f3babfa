import { crossSolver } from '../../engines/cross.ts';
import { eachOf } from '../../engines/cross-block.ts';
import { valueSolver } from '../../engines/solve.ts';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../../errors.ts';
import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { inPair } from '../in-pair.ts';
import type { Piece } from '../pieces.ts';
import { shelvedEnvelopes } from './candidate-envelopes.ts';
import { type Nearest, nearest } from './nearest.ts';
import type { NeighborsProblem, Work } from './problem.ts';
import { type Look, promising } from './promising.ts';
import { type Bounds, boundsFor } from './pruning.ts';

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
  const found = Array.from({ length: to - from }, () => nearest(k));
  let [query, candidate] = [from, 0];
  try {
    const longest = queries.lengths.subarray(from, to).reduce((most, n) => Math.max(most, n), 0);
    const bounds = be === 'numpy' && k < count ? boundsFor(record, candidates, longest, params, poll) : undefined;
    if (bounds === undefined) {
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
    const value = valueSolver(record, params, be, cancel);
    const shelved = shelvedEnvelopes(queries, { from, to }, candidates, params);
    for (let part = 0; part < bounds.parts; part++) {
      const near = bounds.open(part);
      try {
        shelved?.before(part, near);
        for (const [at, nearestOfQuery] of found.entries()) {
          query = from + at;
          const series = seriesAt(queries, query);
          const look: Look = (l) => {
            candidate = l;
            return () => value(series, seriesAt(candidates, l));
          };
          try {
            promising(series, near, bounds, nearestOfQuery, { k, work, poll }, look);
          } catch (error) {
            if (!(error instanceof InvalidInput)) throw error;
            // The band of a pair may be infeasible: the first such pair is to be found.
            const failed = [query, candidate];
            for (query = from; query <= from + at; query++) {
              requireBands(queries.lengths[query], candidates, bounds, (l) => {
                candidate = l;
              });
            }
            [query, candidate] = failed as [number, number];
            throw error;
          }
        }
        shelved?.after(part, near);
      } finally {
        near.release();
      }
    }
    return found;
  } catch (error) {
    throw inPair(error, ['queries', query], ['candidates', candidate]);
  }
}

/** @throws InvalidInput for the first candidate that has no band with a query of n steps, after `look` at it */
function requireBands(n: number, { lengths }: Dataset, { bandOf }: Bounds, look: (l: number) => void): void {
  const seen = new Set<number>();
  for (const [l, m] of lengths.entries()) {
    if (seen.has(m)) continue;
    seen.add(m);
    look(l);
    bandOf(n, m);
  }
}
