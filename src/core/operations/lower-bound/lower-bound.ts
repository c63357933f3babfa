import { requireFinite } from '../../engines/solve.ts';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../../errors.ts';
import type { BackendName } from '../../input/arrays/backend-of.ts';
import { gridsToLists, type InGrids } from '../../input/grid.ts';
import { type Layout, laidOut } from '../../input/layout.ts';
import { readSeries, requireSameFeatures, type Series } from '../../input/series.ts';
import { sakoeChibaBand } from '../../metric/band.ts';
import { PAIR, type Price } from '../../metric/price.ts';
import type { BackendChoice, MetricRecord } from '../../metric/record.ts';
import { type Shaped, shaped } from '../present.ts';
import { requireService } from '../require-service.ts';
import { envelope } from './envelope.ts';
import { squaredExcess } from './lb-keogh.ts';

/** A lower bound of dtw, and the envelope that s1 was compared with: a row for each step of s1. */
export interface LowerBound {
  value: number;
  envelope: { lower: Shaped; upper: Shaped };
  be: BackendName;
  dtype: 'float64';
}

/**
 * LB_Keogh, as in tslearn's `lb_keogh(ts_query=s1, ts_candidate=s2, radius)`: how far s1 lies outside the envelope of s2. dtw with
 * `sakoe_chiba_radius` equal to `radius` is never smaller. Beyond tslearn: several channels, and unequal lengths, for which a window is
 * whatever that band lets a step of s1 meet.
 *
 * @throws InvalidInput that points at whatever cannot be read, and for a radius that is not a non-negative integer
 */
export function lowerBound(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  s1: unknown,
  s2: unknown,
  { radius = 1, be, layout }: { radius?: number; be?: BackendChoice; layout?: Layout } = {},
): LowerBound {
  requireService(metric, 'lower-bound', be);
  requireRadius(radius);
  const [query, candidate] = [readSeries(laidOut(s1, layout), 's1'), readSeries(laidOut(s2, layout), 's2')];
  requireSameFeatures(query, candidate);
  return gridsToLists<LowerBound>(keogh(query, candidate, radius));
}

/** @throws InvalidInput for a radius that is not a non-negative integer */
export function requireRadius(radius: number): void {
  if (Number.isInteger(radius) && radius >= 0) return;
  throw new InvalidInput(`radius must be a non-negative integer, not ${radius}`, ['radius']);
}

/** LB_Keogh for series that are already read. */
export function keogh(query: Series, candidate: Series, radius: number, cancel?: CancelFlag): InGrids<LowerBound> {
  const poll = () => throwIfCancelled(cancel);
  const around = envelope(candidate, sakoeChibaBand(query.n, candidate.n, radius), poll);
  poll();
  const value = Math.sqrt(squaredExcess(query, around));
  requireFinite({ value }, 'float64');
  const { ndim, layout } = candidate;
  const shape = { n: query.n, d: query.d, sz: query.n, ndim, ...(layout && { layout }) };
  return {
    value,
    envelope: { lower: shaped(around.lower, shape), upper: shaped(around.upper, shape) },
    be: 'numpy',
    dtype: 'float64',
  };
}

/** The price of an envelope and of how far s1 is outside of it: the radius does not count. */
export const lowerBoundPrice = ({ n, d }: Series, { n: m }: Series): Price => ({
  cells: 30 * d * (n + m) + PAIR,
  factors: [
    { times: n + m, of: 'steps' },
    { times: 30 * d, of: `${d} values per step` },
  ],
  numbers: 2 * n * d,
  bytes: 0,
});
