import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

// Dynamic time warping: the Euclidean distance under the best alignment (Sakoe and Chiba, 1978).
//   dtw(x, y) = min over paths of sqrt(sum of ||x_i - y_j||^2), as tslearn.metrics.dtw; with `metric`, the sum of those costs, as
//   tslearn.metrics.dtw_path_from_metric

/** dtw(s1, s2): shapes (n,) or (n, d) and (m,) or (m, d); the units of the series. Gradient 0 where the value is 0. */
export const dtw = defineMetric({
  name: 'dtw',
  title: 'Dynamic time warping',
  summary:
    'The Euclidean distance between two series under their best alignment: the square root of the smallest sum of squared costs. In the units of the series. With `metric`: the smallest sum of those costs, without the square root.',
  formula: 'dtw(x, y) = min_path sqrt( sum_{(i,j) in path} ||x_i - y_j||^2 )',
  source: 'tslearn.metrics.dtw, dtw_path_from_metric; Sakoe and Chiba, 1978',
  params: { ...localMetricParams, ...constraintParams },
  recurrence: (params) => ({ moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) }, reduce: 'min' }),
  finish: ({ metric }) => (metric === null ? 'sqrt' : undefined),
  gives: ['grad', 'path'],
  serves: ['lower-bound', 'subsequence', 'barycenter'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
