import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** dtw_i(s1, s2): squared units of the series. For a single channel it is dtw squared. */
export const dtwIndependent = defineMetric({
  name: 'dtw-independent',
  title: 'Independent dynamic time warping',
  summary:
    'Dynamic time warping of each channel separately, summed. Squared units. For a single channel it is dtw squared.',
  formula: 'sum_k dtw(x_k, y_k)^2 over the channels k',
  source: 'Shokoohi-Yekta, Hu, Jin, Wang and Keogh, 2017; DTW_I of the UEA archive',
  definition: [
    'for each channel k: cost(i,j) = (x_i,k - y_j,k)^2',
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'dtw_i(x, y) = the sum of R[n,m] over the channels, in squared units of the series',
  ],
  example: {
    s1: [
      [1, 0],
      [2, 0],
      [4, 3],
    ],
    s2: [
      [1, 0],
      [3, 1],
    ],
    steps: [
      'channel 1, (1,1), (2,1), (3,2): (1 - 1)^2 + (2 - 1)^2 + (4 - 3)^2 = 2',
      'channel 2, (1,1), (2,1), (3,2): (0 - 0)^2 + (0 - 0)^2 + (3 - 1)^2 = 4',
      'value: 2 + 4 = 6',
    ],
    value: 6,
  },
  params: { ...softParam, ...constraintParams },
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  perChannel: () => true,
  gives: ['grad'],
  laws: hardLaws,
});
