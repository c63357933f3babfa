import type { Dataset } from '../../input/dataset.ts';
import type { Poll } from '../../kernels/index.ts';
import type { Envelope, Steps } from '../lower-bound/envelope.ts';
import { squaredEnds, squaredExcessOf } from '../lower-bound/lb-keogh.ts';

/** Numbers between two polls: a fraction of a millisecond. */
const POLL_EVERY = 2 ** 17;

/**
 * For each series of a data set the larger of the squared LB_Kim and LB_Keogh with a query. Nothing is allocated for any of them: a single query meets every
 * series of a stored data set.
 *
 * @param around the envelope of the query for series of m steps; called with the first series of each length
 */
export function quickBounds(
  query: Steps,
  { data, starts, lengths, d }: Dataset,
  around: (l: number, m: number) => Envelope,
  poll: Poll,
): Float64Array {
  const least = new Float64Array(lengths.length);
  const envelopes = new Map<number, Envelope>();
  let length = -1;
  let current: Envelope = { lower: least, upper: least };
  let numbers = 0;
  for (let l = 0; l < least.length; l++) {
    const m = lengths[l];
    if (m !== length) {
      current = envelopes.get(m) ?? around(l, m);
      envelopes.set(m, current);
      length = m;
    }
    const from = starts[l];
    const to = from + m * d;
    least[l] = Math.max(squaredEnds(query, data, from, to), squaredExcessOf(data, from, to, d, current));
    numbers += to - from;
    if (numbers < POLL_EVERY) continue;
    numbers = 0;
    poll();
  }
  return least;
}
