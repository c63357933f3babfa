import { bands } from '../../engines/solve.ts';
import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import {
  type BothWays,
  candidateParts,
  type NearCandidates,
  type Poll,
  valuesFor,
  worthwhileLanes,
} from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { transposed } from '../lower-bound/envelope.ts';

/** A bound may differ from a value that it equals by rounding: only candidates whose bound is larger by more than this are excluded. */
const SLACK = 1 + 1e-9;
const TINY = 1e-300;

/** How to skip most pairs. The bounds are on the last cell of a pair's table. */
export interface Bounds {
  /** Candidates in parts, which are searched one after another. */
  readonly parts: number;
  open(part: number): NearCandidates & { release(): void };
  /** The band of queries and candidates of so many steps. */
  bandOf(n: number, m: number): BothWays | undefined;
  /** Whether so many candidates of m steps are faster at once than one by one. */
  isBatch(n: number, m: number, count: number): boolean;
  /** The last cell of a candidate; if it is above `limit`, anything above it. */
  alone(query: Series, candidates: NearCandidates, position: number, limit: number): number;
  /** The value that a last cell gives. */
  value(last: number): number;
  /** The smallest limit that excludes only last cells with a larger value. */
  above(value: number): number;
}

/**
 * Bounds for the metrics that have them: those where every step costs at least the squared Euclidean cost of its cell. They hold for every
 * band and for unequal lengths, because a window is whatever the band of that pair lets a step meet.
 *
 * @param longest the steps of the longest query
 */
export function boundsFor(
  record: MetricRecord,
  candidates: Dataset,
  longest: number,
  params: Params,
  poll: Poll,
): Bounds | undefined {
  if (!record.recurrence) return;
  const { prepare, normalized, perChannel } = record;
  const first = seriesAt(candidates, 0);
  const problem = record.recurrence(params, first, first);
  const finish = typeof record.finish === 'function' ? record.finish(params, first, first) : record.finish;
  if (prepare || normalized || perChannel || (finish !== undefined && finish !== 'sqrt')) return;
  const { d } = candidates;
  const pairBand = bands(params);
  const parts = candidateParts(problem, candidates, longest, hasBands(params));
  if (parts === undefined) return;
  const kernel = valuesFor(problem, d);
  return {
    parts: parts.count,
    open: (part) => parts.open(part, poll),
    bandOf(n, m) {
      const rows = pairBand(n, m);
      return rows && { rows, columns: transposed(rows, m) };
    },
    isBatch: (n, m, count) => kernel.valueWithin === undefined || count >= worthwhileLanes(n * m).own,
    alone(query, near, position, limit) {
      const { n } = query;
      const { data, n: m } = seriesAt(candidates, near.placeAt(position));
      const pair = { s1: query.data, s2: data, n, m, d };
      const band = pairBand(n, m);
      if (limit === Infinity || kernel.valueWithin === undefined) return kernel.value(pair, band, poll);
      const rest = near.rest(position);
      return rest[0] > limit ? Infinity : kernel.valueWithin(pair, band, { limit, rest }, poll);
    },
    value: (last) => (finish === 'sqrt' ? Math.sqrt(last) : last),
    above: (value) => (finish === 'sqrt' ? value * value : value) * SLACK + TINY,
  };
}

/** Whether these parameters leave cells out, of some series. */
function hasBands(params: Params): boolean {
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Readonly<Record<string, unknown>>;
  return [global_constraint, sakoe_chiba_radius, itakura_max_slope].some((one) => one !== null && one !== undefined);
}
