import { InvalidInput } from '../errors.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { requireSameFeatures, type Series } from '../input/series.ts';
import type { Band } from '../kernels/index.ts';
import { constraintBand } from '../metric/band.ts';
import { isPrecomputed } from '../metric/local-metric.ts';
import type { Params } from '../metric/params.ts';
import type { BandOf, Problem } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';
import { smoothedBy } from '../metric/smoothing.ts';

/**
 * A metric applied to one pair of series.
 *
 * @param bandOf the bands of `params`, shared by consecutive pairs
 * @throws InvalidInput for series that the metric cannot compare
 */
export function buildProblem(record: MetricRecord, s1: Series, s2: Series, params: Params, bandOf: BandOf): Problem {
  if (!record.mixedFeatures && !isPrecomputed(params)) requireSameFeatures(s1, s2);
  if (record.equalLengths && s1.n !== s2.n) {
    const message = `${record.name} compares step by step, but the series have ${s1.n} and ${s2.n} steps: truncate or resample one of them`;
    throw new InvalidInput(message, ['s2'], 'unequal_lengths');
  }
  const { compute_with_backend } = params;
  const { finish, prepare, perChannel, normalized = false, whenOutOfRange } = record;
  if (record.direct) {
    const direct = record.direct(params, bandOf);
    return { kind: 'direct', s1, s2, direct, compute_with_backend, whenOutOfRange };
  }
  return {
    kind: 'recurrence',
    s1,
    s2,
    prepare,
    recurrence: record.recurrence(params, s1, s2),
    perChannel: perChannel?.(params) ?? false,
    normalized,
    finish: typeof finish === 'function' ? finish(params, s1, s2) : finish,
    bandOf,
    smoothedBy: smoothedBy(record),
    compute_with_backend,
    whenOutOfRange,
  };
}

/** The bands of a constraint. The last one is cached, because consecutive pairs often have the same lengths. */
export function bands(params: Params): BandOf {
  let last: { n: number; m: number; band: Band | undefined } | undefined;
  return (n, m) => {
    if (last === undefined || last.n !== n || last.m !== m) last = { n, m, band: constraintBand(n, m, params) };
    return last.band;
  };
}

/** @throws InvalidInput if the metric does not have the backend */
export function requireBackend({ name, backends }: MetricRecord, backend: BackendName): void {
  if (backends.includes(backend)) return;
  throw new InvalidInput(`${name} has no backend "${backend}": use ${backends.join(' or ')}`, ['be']);
}
