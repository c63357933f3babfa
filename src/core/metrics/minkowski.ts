import { z } from 'zod';
import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

// The Minkowski distance, step by step: (sum of |x_i,k - y_i,k|^p)^(1/p), as aeon's minkowski_distance without weights, which truncates
// unequal lengths

/** minkowski(s1, s2, { p }): series of equal length; the units of the series. Gradient 0 where the value is 0. */
export const minkowski = defineMetric({
  name: 'minkowski',
  title: 'Minkowski distance',
  summary: 'The p-norm of the differences between series of equal length, step by step. In the units of the series.',
  formula: '( sum_i sum_k |x_i,k - y_i,k|^p )^(1/p)',
  source: 'aeon.distances.minkowski_distance, which truncates unequal lengths; here they are an error',
  params: {
    p: z
      .number()
      .min(1)
      .max(100)
      .default(2)
      .meta({ description: 'Order of the norm: 1 is manhattan, 2 is euclidean.' }),
  },
  direct: ({ p }) => pointwise(p, true),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
