import { bands } from '../../engines/build-problem.ts';
import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import { kernelFor, type Poll } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { type Envelope, envelope, transposed } from '../lower-bound/envelope.ts';
import { excessFrom, squaredEnds, squaredExcess } from '../lower-bound/lb-keogh.ts';
import { candidateEnvelopes } from './candidate-envelopes.ts';

/** A bound may differ from a value that it equals by rounding: only candidates whose bound is larger by more than this are excluded. */
const SLACK = 1 + 1e-9;
const TINY = 1e-300;

/** How to skip most pairs. The bounds are on the last cell of a pair's table. */
export interface Bounds {
  /** For each candidate, a lower bound on the last cell. `look` is called with each candidate first. */
  quick(query: Series, look: (l: number) => void): Float64Array;
  /** The last cell; Infinity as soon as it is known to be above `limit`. */
  within(query: Series, l: number, limit: number): number;
  /** The value that a last cell gives. */
  value(last: number): number;
  /** The smallest limit that excludes only last cells with a larger value. */
  above(value: number): number;
}

/**
 * Bounds for the metrics that have them: those where every step costs at least the squared Euclidean cost of its cell. They hold for every
 * band and for unequal lengths, because a window is whatever the band of that pair lets a step meet.
 */
export function boundsFor(record: MetricRecord, candidates: Dataset, params: Params, poll: Poll): Bounds | undefined {
  if (!record.recurrence) return;
  const { prepare, normalized, perChannel } = record;
  const first = seriesAt(candidates, 0);
  const problem = record.recurrence(params, first, first);
  const finish = typeof record.finish === 'function' ? record.finish(params, first, first) : record.finish;
  const { moves, reduce } = problem;
  if (moves.kind !== 'warp' || moves.local.cost !== 'sqeuclidean' || moves.g !== undefined || reduce !== 'min') return;
  if (prepare || normalized || perChannel || (finish !== undefined && finish !== 'sqrt')) return;
  const kernel = kernelFor(problem, candidates.d);
  const bandOf = bands(params);
  const envelopes = candidateEnvelopes(candidates, params);
  return {
    quick(query, look) {
      const own = new Map<number, Envelope>();
      return Float64Array.from(candidates.lengths, (m, l) => {
        look(l);
        poll();
        const candidate = seriesAt(candidates, l);
        const band = bandOf(query.n, m);
        let around = own.get(m);
        if (around === undefined) {
          around = envelope(query, band && transposed(band, m));
          own.set(m, around);
        }
        return Math.max(squaredEnds(query, candidate), squaredExcess(candidate, around));
      });
    },
    within(query, l, limit) {
      const { data, n: m, d } = seriesAt(candidates, l);
      const band = bandOf(query.n, m);
      const pair = { s1: query.data, s2: data, n: query.n, m, d };
      if (limit === Infinity || kernel.valueWithin === undefined) return kernel.value(pair, band, poll);
      const rest = excessFrom(query, envelopes(l, query.n, band), limit);
      return rest ? kernel.valueWithin(pair, band, { limit, rest }, poll) : Infinity;
    },
    value: (last) => (finish === 'sqrt' ? Math.sqrt(last) : last),
    above: (value) => (finish === 'sqrt' ? value * value : value) * SLACK + TINY,
  };
}
