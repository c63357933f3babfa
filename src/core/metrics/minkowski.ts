import { z } from 'zod';
import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

/** minkowski(s1, s2, { p }): series of equal length; the units of the series. Gradient 0 where the value is 0. */
export const minkowski = defineMetric({
  name: 'minkowski',
  title: 'Minkowski distance',
  summary:
    'The p-norm of the differences between series of equal length, step by step, with optional weights. In the units of the series.',
  formula: '( sum_i sum_k w_i,k |x_i,k - y_i,k|^p )^(1/p)',
  source: 'aeon.distances.minkowski_distance, which truncates unequal lengths; here they are an error',
  definition: [
    'minkowski(x, y) = (sum_i sum_k w_i,k |x_i,k - y_i,k|^p)^(1/p), n = m; w is 1 by default, and w_i,k = w_i if there is one weight per step',
    'in the units of the series',
  ],
  example: {
    s1: [1, 2, 3],
    s2: [1, 4, 1],
    params: { p: 3, w: [1, 1, 2] },
    steps: ['value: (1 * abs(1 - 1)^3 + 1 * abs(2 - 4)^3 + 2 * abs(3 - 1)^3)^(1 / 3) = 2.8844991406'],
    value: 2.8844991406,
  },
  params: {
    p: z
      .number()
      .min(1)
      .max(100)
      .default(2)
      .meta({ description: 'Order of the norm: 1 is manhattan, 2 is euclidean.' }),
    w: z
      .union([z.array(z.number().min(0)).min(1), z.array(z.array(z.number().min(0)).min(1)).min(1)])
      .nullable()
      .default(null)
      .meta({
        description:
          'Non-negative weights: one per step, or rows with one per value of a step, in the shape and layout of the series. Default: all 1.',
      }),
  },
  paramsLikeSeries: ['w'],
  direct: ({ p, w }) => pointwise(p, true, w),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality'],
});
