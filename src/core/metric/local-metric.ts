import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import { readSeries, type Series } from '../input/series.ts';
import type { Local } from '../kernels/index.ts';
import type { Params } from './params.ts';

/**
 * The local cost by name, as in tslearn's `dtw_path_from_metric` and similar functions. A metric that takes it documents what it returns then.
 */
export const localMetricParams = {
  metric: z
    .enum(['sqeuclidean', 'euclidean', 'cityblock', 'chebyshev', 'minkowski', 'cosine', 'precomputed'])
    .nullable()
    .default(null)
    .meta({
      'x-name': 'StepCost',
      description:
        "The cost of a pair of steps, by name, as in tslearn's `*_path_from_metric`: the value is made of these costs as they are, without a square root. For cosine, a step of zeros has distance 0 to another step of zeros and 1 to any other step. With `precomputed`, s1 is the n x m matrix of costs and s2 is omitted; only for a single pair. Default: the metric's own definition.",
    }),
  p: z
    .number()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .meta({ 'x-name': 'CostOrder', description: 'Order of the metric "minkowski" (2 if only the metric is given).' }),
};

/** The parameters after validation. */
export interface LocalMetric {
  readonly metric: Exclude<Local['cost'], 'gak'> | null;
  readonly p: number | null;
}

/** Whether the costs are given in place of the series. */
export const isPrecomputed = (params: Readonly<Record<string, unknown>>): boolean => params.metric === 'precomputed';

/** @throws InvalidInput for precomputed costs: a cost matrix is for a single pair */
export function refusePrecomputed(params: Readonly<Record<string, unknown>>): void {
  if (!isPrecomputed(params)) return;
  throw new InvalidInput(
    'metric "precomputed" is for a single pair: give series, and a metric that computes their costs',
    ['metric'],
    'unfit_parameter',
  );
}

/**
 * Reads the two series that a metric compares. With `metric: "precomputed"`, s1 is the cost matrix in their place, and there is no s2:
 * tslearn's spelling.
 *
 * @throws InvalidInput with the place of whatever cannot be read, is missing, or must be omitted
 */
export const readOperands = (s1: unknown, s2: unknown, params: Params): [Series, Series] =>
  seriesOrCosts(readSeries(s1, 's1'), s2 === undefined || s2 === null ? undefined : readSeries(s2, 's2'), params);

/** The same for series that are already read. An n x m matrix becomes n steps of m costs, and m steps without values. */
export function seriesOrCosts(s1: Series, s2: Series | undefined, params: Params): [Series, Series] {
  if (!isPrecomputed(params)) {
    if (s2 === undefined)
      throw new InvalidInput('s2 is missing: expected an array of numbers, or of rows of numbers', ['s2']);
    return [s1, s2];
  }
  if (s2 !== undefined) throw new InvalidInput('with metric "precomputed" s1 holds the costs: omit s2', ['s2']);
  if (s1.layout !== undefined) {
    throw new InvalidInput('with metric "precomputed" s1 is a cost matrix and has no channels: omit layout', [
      'layout',
    ]);
  }
  if (s1.ndim === 1) throw new InvalidInput('with metric "precomputed" s1 must be a matrix: rows of costs', ['s1']);
  if (s1.n !== s1.sz) throw new InvalidInput('a cost is missing: give a number for each pair of steps', ['s1', s1.n]);
  return [s1, { data: new Float64Array(0), n: s1.d, d: 0, sz: s1.d, ndim: 2 }];
}

/** The local cost that the parameters name; `own` if they name none. @throws InvalidInput for a p that no metric takes */
export function localOf({ metric, p }: LocalMetric, own: Local): Local {
  if (p !== null && metric !== 'minkowski') {
    throw new InvalidInput(
      'p is the order of the metric "minkowski": omit p, or use that metric',
      ['p'],
      'unfit_parameter',
    );
  }
  if (metric === null) return own;
  return metric === 'minkowski' ? { cost: metric, p: p ?? 2 } : { cost: metric };
}
