import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

/** squared(s1, s2): series of equal length; squared units of the series. */
export const squared = defineMetric({
  name: 'squared',
  title: 'Squared Euclidean distance',
  summary: 'The squared Euclidean distance between series of equal length, step by step. Squared units.',
  formula: 'sum_i ||x_i - y_i||^2',
  source: 'aeon.distances.squared_distance, which truncates unequal lengths; here they are an error',
  definition: ['squared(x, y) = sum_i ||x_i - y_i||^2, n = m, in squared units of the series'],
  example: {
    s1: [1, 2, 3],
    s2: [1, 4, 1],
    steps: ['value: (1 - 1)^2 + (2 - 4)^2 + (3 - 1)^2 = 8'],
    value: 8,
  },
  params: {},
  direct: () => pointwise(2, false),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
