import { type Envelope, envelope, transposed } from '../bounds/envelope.ts';
import { squaredEnds, squaredExcess } from '../bounds/lb-keogh.ts';
import { type Dataset, seriesAt } from '../dataset.ts';
import type { Band } from '../kernels/index.ts';
import type { MetricRecord } from '../metric.ts';
import type { Params } from '../params.ts';
import type { Series } from '../series.ts';
import { bands } from '../solve.ts';

/** Rounding may set a bound apart from a value that it equals: only what is larger by more than this is left out. */
const SLACK = 1 + 1e-9;
const TINY = 1e-300;

/** Lower bounds of what the last cell of a table holds. */
export interface Bounds {
  /** A cheap one for each candidate. */
  quick(query: Series): Float64Array;
  /** Another one, that costs more. */
  second(query: Series, l: number): number;
  /** The least number that only pairs with values above `value` have. */
  above(value: number): number;
}

/**
 * Bounds for the metrics that have some: those whose every step pays at least the squared Euclidean cost of its cell. They hold for every
 * band and for unequal lengths, because a window is what the band of this very pair lets a step meet.
 */
export function boundsFor(
  { recurrence, prepare, normalized, perChannel, finish }: MetricRecord,
  candidates: Dataset,
  params: Params,
): Bounds | undefined {
  const first = seriesAt(candidates, 0);
  const { moves, reduce } = recurrence(params, first, first);
  if (moves.kind !== 'warp' || moves.local.cost !== 'sqeuclidean' || moves.g !== undefined || reduce !== 'min') return;
  if (prepare || normalized || perChannel || (finish !== undefined && finish !== 'sqrt')) return;
  const count = candidates.lengths.length;
  const bandOf = bands(params);
  const envelopes = envelopesOf(candidates);
  return {
    quick(query) {
      const own = new Map<number, Envelope>();
      return Float64Array.from({ length: count }, (_, l) => {
        const candidate = seriesAt(candidates, l);
        const band = bandOf(query.n, candidate.n);
        let around = own.get(candidate.n);
        if (around === undefined) {
          around = envelope(query, band && transposed(band, candidate.n));
          own.set(candidate.n, around);
        }
        return Math.max(squaredEnds(query, candidate), squaredExcess(candidate, around));
      });
    },
    second: (query, l) => squaredExcess(query, envelopes(l, query.n, bandOf(query.n, candidates.lengths[l]))),
    above: (value) => (finish === 'sqrt' ? value * value : value) * SLACK + TINY,
  };
}

/** The candidates' envelopes, kept for as long as the queries have the same length. */
function envelopesOf(candidates: Dataset): (l: number, n: number, band: Band | undefined) => Envelope {
  let kept: (Envelope | undefined)[] = [];
  let length = -1;
  return (l, n, band) => {
    if (n !== length) {
      kept = [];
      length = n;
    }
    kept[l] ??= envelope(seriesAt(candidates, l), band);
    return kept[l];
  };
}
