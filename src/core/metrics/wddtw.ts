import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';
import { steepnessParam } from './wdtw.ts';

/** wddtw(s1, s2, { g }): squared units of the slopes. Both series need 3 steps; paths index the slopes. */
export const wddtw = defineMetric({
  name: 'wddtw',
  title: 'Weighted derivative dynamic time warping',
  summary: 'Weighted dynamic time warping of the slopes of the series, which need at least 3 steps. Squared units.',
  formula: "wdtw(x', y'), x'_i = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2",
  source: 'aeon.distances.wddtw_distance; Jeong, Jeong and Omitaomu, 2011',
  definition: [
    "x'_{i-1} = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2 for 1 < i < n, so x' has n - 2 steps; likewise y'",
    'w(k) = 1 / (1 + exp(-g (k - max(n - 2, m - 2) / 2)))',
    "cost(i,j) = w(|i - j|) ||x'_i - y'_j||^2",
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    "wddtw(x, y) = R[n-2,m-2], in squared units of the slopes. Paths and bands are those of x' and y'",
  ],
  example: {
    s1: [0, 1, 3, 2],
    s2: [0, 1, 1],
    steps: [
      'the slopes, as for ddtw: 1.25, 1.25 and 0.75; w(0): 1 / (1 + exp(-0.05 * (0 - 2 / 2))) = 0.4875026035',
      'w(1): 1 / (1 + exp(-0.05 * (1 - 2 / 2))) = 0.5',
      '(1,1), (2,1): 0.4875026035 * (1.25 - 0.75)^2 + 0.5 * (1.25 - 0.75)^2 = 0.2468756509',
    ],
    value: 0.2468756509,
  },
  params: { ...steepnessParam, ...softParam, ...constraintParams },
  prepare: 'derivative',
  recurrence: ({ g, gamma }) => ({
    moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, g },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
