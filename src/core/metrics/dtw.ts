import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

/** dtw(s1, s2): shapes (n,) or (n, d) and (m,) or (m, d); the units of the series. Gradient 0 where the value is 0. */
export const dtw = defineMetric({
  name: 'dtw',
  title: 'Dynamic time warping',
  summary:
    'The Euclidean distance between two series under their best alignment: the square root of the smallest sum of squared costs. In the units of the series. With `metric`: the smallest sum of those costs, without the square root.',
  formula: 'dtw(x, y) = min_path sqrt( sum_{(i,j) in path} ||x_i - y_j||^2 )',
  source: 'tslearn.metrics.dtw, dtw_path_from_metric; Sakoe and Chiba, 1978',
  definition: [
    'cost(i,j) = ||x_i - y_j||^2, or the cost that `metric` names',
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'dtw(x, y) = sqrt(R[n,m]), in the units of the series; with `metric` R[n,m]',
  ],
  differences: "aeon's dtw_distance omits the square root.",
  example: {
    s1: [1, 2, 5],
    s2: [1, 3],
    steps: ['(1,1), (2,1), (3,2): (1 - 1)^2 + (2 - 1)^2 + (5 - 3)^2 = 5', 'value: sqrt(5) = 2.2360679775'],
    value: 2.2360679775,
  },
  params: { ...localMetricParams, ...constraintParams },
  recurrence: (params) => ({ moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) }, reduce: 'min' }),
  finish: ({ metric }) => (metric === null ? 'sqrt' : undefined),
  gives: ['grad', 'path'],
  serves: ['lower-bound', 'subsequence', 'barycenter'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
