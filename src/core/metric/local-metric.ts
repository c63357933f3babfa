import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import type { Local } from '../kernels/index.ts';

/**
 * The local cost by name, as in tslearn's `dtw_path_from_metric` and its kin. A metric that takes it says what it answers when one is given.
 */
export const localMetricParams = {
  metric: z
    .enum(['sqeuclidean', 'euclidean', 'cityblock', 'chebyshev', 'minkowski', 'cosine', 'precomputed'])
    .nullable()
    .default(null)
    .meta({
      description:
        "What a pair of steps costs, by name: tslearn's `*_path_from_metric`, so that the value is made of these costs as they are, without a root. For cosine a step of zeros is at 0 from another one and at 1 from all others. With `precomputed` s1 is the matrix of costs, n rows of m, and there is no s2; only for a pair. Absent: the metric's own definition.",
    }),
  p: z
    .number()
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .meta({ description: 'Order of the metric "minkowski" (2 when only the metric is named).' }),
};

/** The parameters after validation. */
export interface LocalMetric {
  readonly metric: Exclude<Local['cost'], 'gak'> | null;
  readonly p: number | null;
}

/** Whether the costs come in place of the series. */
export const isPrecomputed = (params: Readonly<Record<string, unknown>>): boolean => params.metric === 'precomputed';

/** @throws InvalidInput where costs are precomputed: one matrix of them is for one pair */
export function refusePrecomputed(params: Readonly<Record<string, unknown>>): void {
  if (!isPrecomputed(params)) return;
  throw new InvalidInput(
    'precomputed costs are of one pair: give series, and name what a pair of steps costs',
    ['metric'],
    'unfit_parameter',
  );
}

/** The local cost that the parameters name; `own` where they name none. @throws InvalidInput for a p that no metric takes */
export function localOf({ metric, p }: LocalMetric, own: Local): Local {
  if (p !== null && metric !== 'minkowski') {
    throw new InvalidInput(
      'p is the order of the metric "minkowski": leave it away, or give that metric',
      ['p'],
      'unfit_parameter',
    );
  }
  if (metric === null) return own;
  return metric === 'minkowski' ? { cost: metric, p: p ?? 2 } : { cost: metric };
}
