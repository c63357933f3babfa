import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** twe(s1, s2, { nu, lmbda }): the units of the series. */
export const twe = defineMetric({
  name: 'twe',
  title: 'Time warp edit distance',
  summary:
    'An edit distance with time stamps: both matching across time and skipping steps have a cost. In the units of the series.',
  formula:
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j|| + ||x_{i-1} - y_{j-1}|| + 2 nu |i-j|, R[i-1,j] + ||x_i - x_{i-1}|| + nu + lmbda, R[i,j-1] + ||y_j - y_{j-1}|| + nu + lmbda)',
  source: 'aeon.distances.twe_distance; Marteau, 2009',
  definition: [
    'x_0 = y_0 = 0 in every channel',
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j|| + ||x_{i-1} - y_{j-1}|| + 2 nu |i - j|, R[i-1,j] + ||x_i - x_{i-1}|| + nu + lmbda, R[i,j-1] + ||y_j - y_{j-1}|| + nu + lmbda)',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'twe(x, y) = R[n,m], in the units of the series',
  ],
  example: {
    s1: [1, 2, 4],
    s2: [1, 3],
    params: { nu: 0.5 },
    steps: [
      '(1,1), match 1 with 1: abs(1 - 1) + abs(0 - 0) + 2 * 0.5 * 0 = 0',
      '(2,2), match 2 with 3: abs(2 - 3) + abs(1 - 1) + 2 * 0.5 * 0 = 1',
      '(3,2), delete 4: abs(4 - 2) + 0.5 + 1 = 3.5',
      'value: 0 + 1 + 3.5 = 4.5',
    ],
    value: 4.5,
  },
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
