import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

/** frechet(s1, s2): the units of the series. Its gradient is non-zero only at the pair of steps that is farthest apart on the path. */
export const frechet = defineMetric({
  name: 'frechet',
  title: 'Discrete Fréchet distance',
  summary:
    'The largest distance between aligned steps, under the alignment that makes it smallest. In the units of the series. With `metric`: the largest of those costs.',
  formula: 'min_path max_{(i,j) in path} ||x_i - y_j||',
  source: 'tslearn.metrics.frechet, frechet_path_from_metric; Eiter and Mannila, 1994',
  definition: [
    'cost(i,j) = ||x_i - y_j||, or the cost that `metric` names',
    'R[i,j] = max(cost(i,j), min(R[i-1,j-1], R[i-1,j], R[i,j-1]))',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'frechet(x, y) = R[n,m], in the units of the series; with `metric` in those of the cost',
  ],
  example: {
    s1: [1, 2, 5],
    s2: [1, 3],
    steps: ['(1,1), (2,1), (3,2): max(abs(1 - 1), abs(2 - 1), abs(5 - 3)) = 2'],
    value: 2,
  },
  params: { ...localMetricParams, ...constraintParams },
  recurrence: (params) => ({
    moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) },
    reduce: 'minimax',
  }),
  finish: ({ metric }) => (metric === null ? 'sqrt' : undefined),
  gives: ['grad', 'path'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality without a band and a local metric'],
});
