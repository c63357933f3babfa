import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** The steepness of the weights. */
export const steepnessParam = {
  g: z
    .number()
    .default(0.05)
    .meta({ description: 'Steepness of the logistic weights; at 0 every weight is one half.' }),
};

/** wdtw(s1, s2, { g }): squared units of the series. */
export const wdtw = defineMetric({
  name: 'wdtw',
  title: 'Weighted dynamic time warping',
  summary: 'Dynamic time warping in which a cost weighs more the farther apart its steps are in time. Squared units.',
  formula: 'R[i,j] = w(|i-j|) ||x_i - y_j||^2 + min(...), w(k) = 1 / (1 + exp(-g (k - max(n,m) / 2)))',
  source: 'aeon.distances.wdtw_distance; Jeong, Jeong and Omitaomu, 2011',
  definition: [
    'w(k) = 1 / (1 + exp(-g (k - max(n, m) / 2)))',
    'cost(i,j) = w(|i - j|) ||x_i - y_j||^2',
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'wdtw(x, y) = R[n,m], in squared units of the series',
  ],
  example: {
    s1: [1, 2, 4],
    s2: [1, 3],
    steps: [
      'w(0): 1 / (1 + exp(-0.05 * (0 - 3 / 2))) = 0.4812587841',
      'w(1): 1 / (1 + exp(-0.05 * (1 - 3 / 2))) = 0.4937503255',
      '(1,1), (2,2), (3,2): 0 + 0.4812587841 * (2 - 3)^2 + 0.4937503255 * (4 - 3)^2 = 0.9750091096',
    ],
    value: 0.9750091096,
  },
  params: { ...steepnessParam, ...softParam, ...constraintParams },
  recurrence: ({ g, gamma }) => ({
    moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, g },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
