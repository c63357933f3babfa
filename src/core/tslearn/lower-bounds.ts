import { requireFinite } from '../engines/solve.ts';
import { InvalidInput } from '../errors.ts';
import { gridsToLists } from '../input/grid.ts';
import { readSeries, requireSameFeatures } from '../input/series.ts';
import { sakoeChibaBand } from '../metric/band.ts';
import { type Envelope, envelope } from '../operations/lower-bound/envelope.ts';
import { squaredExcess } from '../operations/lower-bound/lb-keogh.ts';
import { keogh, requireRadius } from '../operations/lower-bound/lower-bound.ts';
import { type Shaped, shaped } from '../operations/present.ts';

// The two functions under tslearn's names, returning bare arrays.

/** tslearn's `lb_envelope(ts, radius)`: the smallest and the largest value within `radius` steps of each step, in the shape of the series. */
export function lbEnvelope(ts: unknown, { radius = 1 }: { radius?: number } = {}): { lower: Shaped; upper: Shaped } {
  requireRadius(radius);
  const series = readSeries(ts, 'ts');
  const { lower, upper } = envelope(series, sakoeChibaBand(series.n, series.n, radius));
  const shape = { ...series, sz: series.n };
  return gridsToLists<{ lower: Shaped; upper: Shaped }>({ lower: shaped(lower, shape), upper: shaped(upper, shape) });
}

/**
 * tslearn's `lb_keogh(ts_query, ts_candidate, radius, envelope_candidate)`: a lower bound of `dtw` with `sakoe_chiba_radius` equal to
 * `radius`. An envelope from `lbEnvelope` may replace the candidate, which is then null; it must be as long as the query.
 *
 * @throws InvalidInput that points at whatever cannot be read or does not fit
 */
export function lbKeogh(
  ts_query: unknown,
  ts_candidate: unknown,
  { radius = 1, envelope_candidate }: { radius?: number; envelope_candidate?: { lower: unknown; upper: unknown } } = {},
): number {
  requireRadius(radius);
  const query = readSeries(ts_query, 'ts_query');
  if (envelope_candidate === undefined) {
    const candidate = readSeries(ts_candidate, 'ts_candidate');
    requireSameFeatures(query, candidate, ['ts_candidate']);
    return keogh(query, candidate, radius).value;
  }
  const around = (['lower', 'upper'] as const).map((name) => {
    const side = readSeries(envelope_candidate[name], 'envelope_candidate', name);
    requireSameFeatures(query, side, ['envelope_candidate', name]);
    if (side.n === query.n) return [name, side.data];
    const message = `the envelope has ${side.n} steps and the query ${query.n}: they must have the same length`;
    throw new InvalidInput(message, ['envelope_candidate', name], 'unequal_lengths');
  });
  const value = Math.sqrt(squaredExcess(query, Object.fromEntries(around) as Envelope));
  requireFinite({ value }, 'float64');
  return value;
}
