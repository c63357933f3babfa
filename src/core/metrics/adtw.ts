import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Amerced dynamic time warping: dtw with a penalty for each step off the diagonal (Herrmann and Webb, 2023).
//   R[i,j] = ||x_i - y_j||^2 + min(R[i-1,j-1], R[i-1,j] + w, R[i,j-1] + w), as aeon's adtw_distance

/** adtw(s1, s2, { warp_penalty }): squared units of the series. */
export const adtw = defineMetric({
  name: 'adtw',
  title: 'Amerced dynamic time warping',
  summary: 'Dynamic time warping with a penalty for each step off the diagonal. Squared units.',
  formula: 'R[i,j] = ||x_i - y_j||^2 + min(R[i-1,j-1], R[i-1,j] + w, R[i,j-1] + w)',
  source: 'aeon.distances.adtw_distance; Herrmann and Webb, 2023',
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
