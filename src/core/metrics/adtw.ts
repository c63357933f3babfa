import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** adtw(s1, s2, { warp_penalty }): squared units of the series. */
export const adtw = defineMetric({
  name: 'adtw',
  title: 'Amerced dynamic time warping',
  summary: 'Dynamic time warping with a penalty for each step off the diagonal. Squared units.',
  formula: 'R[i,j] = ||x_i - y_j||^2 + min(R[i-1,j-1], R[i-1,j] + w, R[i,j-1] + w)',
  source: 'aeon.distances.adtw_distance; Herrmann and Webb, 2023',
  definition: [
    'cost(i,j) = ||x_i - y_j||^2',
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j] + warp_penalty, R[i,j-1] + warp_penalty)',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'adtw(x, y) = R[n,m], in squared units of the series',
  ],
  example: {
    s1: [1, 2, 4],
    s2: [1, 3],
    steps: ['(1,1), then up to (2,1) with the penalty, then (3,2): (1 - 1)^2 + (2 - 1)^2 + 1 + (4 - 3)^2 = 3'],
    value: 3,
  },
  params: {
    warp_penalty: z
      .number()
      .min(0)
      .default(1)
      .meta({ description: 'The penalty for a step off the diagonal, in squared units of the series.' }),
    ...softParam,
    ...constraintParams,
  },
  recurrence: ({ warp_penalty, gamma }) => ({
    moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, penalty: warp_penalty },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
