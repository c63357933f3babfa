import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** ddtw(s1, s2): squared units of the slopes. Both series need 3 steps; paths index the slopes. */
export const ddtw = defineMetric({
  name: 'ddtw',
  title: 'Derivative dynamic time warping',
  summary: 'Dynamic time warping of the slopes of the series, which need at least 3 steps. Squared units.',
  formula: "dtw(x', y')^2, x'_i = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2",
  source: 'aeon.distances.ddtw_distance; Keogh and Pazzani, 2001',
  definition: [
    "x'_{i-1} = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2 for 1 < i < n, so x' has n - 2 steps; likewise y'",
    "cost(i,j) = ||x'_i - y'_j||^2",
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    "ddtw(x, y) = R[n-2,m-2], in squared units of the slopes. Paths and bands are those of x' and y'",
  ],
  example: {
    s1: [0, 1, 3, 2],
    s2: [0, 1, 1],
    steps: [
      "x'_1: ((1 - 0) + (3 - 0) / 2) / 2 = 1.25",
      "x'_2: ((3 - 1) + (2 - 1) / 2) / 2 = 1.25",
      "y'_1: ((1 - 0) + (1 - 0) / 2) / 2 = 0.75",
      '(1,1), (2,1): (1.25 - 0.75)^2 + (1.25 - 0.75)^2 = 0.5',
    ],
    value: 0.5,
  },
  params: { ...softParam, ...constraintParams },
  prepare: 'derivative',
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
