import { requireFinite } from '../../engines/solve.ts';
import { InvalidInput } from '../../errors.ts';
import type { BackendName } from '../../input/arrays/backend-of.ts';
import { type InGrids, inLists } from '../../input/grid.ts';
import { readSeries, requireSameFeatures, type Series } from '../../input/series.ts';
import { sakoeChibaBand } from '../../metric/band.ts';
import type { BackendChoice, MetricRecord } from '../../metric/record.ts';
import { type Shaped, shaped } from '../present.ts';
import { requireService } from '../require-service.ts';
import { envelope } from './envelope.ts';
import { squaredExcess } from './lb-keogh.ts';

/** A lower bound of dtw, and the envelope that s1 was held to: a row for each step of s1. */
export interface LowerBound {
  value: number;
  envelope: { lower: Shaped; upper: Shaped };
  be: BackendName;
  dtype: 'float64';
}

/**
 * LB_Keogh, as tslearn's `lb_keogh(ts_query=s1, ts_candidate=s2, radius)`: how far s1 lies outside the envelope of s2. dtw with
 * `sakoe_chiba_radius` equal to `radius` is never less. Beyond tslearn: several channels, and unequal lengths, for which a window is
 * what that band lets a step of s1 meet.
 *
 * @throws InvalidInput with the place of what cannot be read, and for a radius that is not a whole number from 0 on
 */
export function lowerBound(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  s1: unknown,
  s2: unknown,
  { radius = 1, be }: { radius?: number; be?: BackendChoice } = {},
): LowerBound {
  requireService(metric, 'lower-bound', be);
  requireRadius(radius);
  const [query, candidate] = [readSeries(s1, 's1'), readSeries(s2, 's2')];
  requireSameFeatures(query, candidate);
  return inLists<LowerBound>(keogh(query, candidate, radius));
}

/** @throws InvalidInput for a radius that is not a whole number from 0 on */
export function requireRadius(radius: number): void {
  if (Number.isInteger(radius) && radius >= 0) return;
  throw new InvalidInput(`radius must be a non-negative integer, not ${radius}`, ['radius']);
}

/** LB_Keogh for series that have been read. */
export function keogh(query: Series, candidate: Series, radius: number): InGrids<LowerBound> {
  const around = envelope(candidate, sakoeChibaBand(query.n, candidate.n, radius));
  const value = Math.sqrt(squaredExcess(query, around));
  requireFinite({ value }, 'float64');
  const shape = { n: query.n, d: query.d, sz: query.n, ndim: candidate.ndim };
  return {
    value,
    envelope: { lower: shaped(around.lower, shape), upper: shaped(around.upper, shape) },
    be: 'numpy',
    dtype: 'float64',
  };
}
