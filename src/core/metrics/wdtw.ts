import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Weighted dynamic time warping: costs weigh more the farther apart their steps are in time (Jeong, Jeong and Omitaomu, 2011).
//   cost(i,j) = ||x_i - y_j||^2 / (1 + exp(-g (|i-j| - max(n,m)/2))), as aeon's wdtw_distance

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
  params: { ...steepnessParam, ...softParam, ...constraintParams },
  recurrence: ({ g, gamma }) => ({
    moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, g },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
