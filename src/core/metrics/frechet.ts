import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

// The discrete Fréchet distance: the shortest leash with which two walkers can both go forward (Eiter and Mannila, 1994).
//   R[i,j] = max(||x_i - y_j||^2, min(R[i-1,j-1], R[i-1,j], R[i,j-1])), sqrt at the end, as tslearn.metrics.frechet; with `metric`, the
//   largest of those costs, as tslearn.metrics.frechet_path_from_metric

/** frechet(s1, s2): the units of the series. Its gradient is non-zero only at the pair of steps that is farthest apart on the path. */
export const frechet = defineMetric({
  name: 'frechet',
  title: 'Discrete Fréchet distance',
  summary:
    'The largest distance between aligned steps, under the alignment that makes it smallest. In the units of the series. With `metric`: the largest of those costs.',
  formula: 'min_path max_{(i,j) in path} ||x_i - y_j||',
  source: 'tslearn.metrics.frechet, frechet_path_from_metric; Eiter and Mannila, 1994',
  params: { ...localMetricParams, ...constraintParams },
  recurrence: (params) => ({
    moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) },
    reduce: 'minimax',
  }),
  finish: ({ metric }) => (metric === null ? 'sqrt' : undefined),
  gives: ['grad', 'path'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality without a band and a local metric'],
});
