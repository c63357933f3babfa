import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Time warp edit distance (Marteau, 2009), as aeon's twe_distance; both series start with a step of zeros:
//   match ||x_i - y_j|| + ||x_{i-1} - y_{j-1}|| + 2 nu |i - j|, deletion ||x_i - x_{i-1}|| + nu + lmbda

/** twe(s1, s2, { nu, lmbda }): the units of the series. */
export const twe = defineMetric({
  name: 'twe',
  title: 'Time warp edit distance',
  summary:
    'An edit distance with time stamps: both matching across time and skipping steps have a cost. In the units of the series.',
  formula:
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j|| + ||x_{i-1} - y_{j-1}|| + 2 nu |i-j|, R[i-1,j] + ||x_i - x_{i-1}|| + nu + lmbda, R[i,j-1] + ||y_j - y_{j-1}|| + nu + lmbda)',
  source: 'aeon.distances.twe_distance; Marteau, 2009',
  params: {
    nu: z
      .number()
      .min(0)
      .default(0.001)
      .meta({ description: 'Stiffness: the cost of each step of difference in time.' }),
    lmbda: z.number().min(0).default(1).meta({ description: 'The cost of skipping a step.' }),
    ...softParam,
    ...constraintParams,
  },
  recurrence: ({ nu, lmbda, gamma }) => ({ moves: { kind: 'twe', nu, lmbda }, ...smoothMinimum(gamma) }),
  gives: ['grad', 'path'],
  laws: [...hardLaws, 'triangle inequality when hard and without a band'],
});
