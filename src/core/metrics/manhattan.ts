import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

/** manhattan(s1, s2): series of equal length; the units of the series. Gradient 0 where two values are equal. */
export const manhattan = defineMetric({
  name: 'manhattan',
  title: 'Manhattan distance',
  summary: 'The sum of absolute differences between series of equal length, step by step. In the units of the series.',
  formula: 'sum_i sum_k |x_i,k - y_i,k|',
  source: 'aeon.distances.manhattan_distance, which truncates unequal lengths; here they are an error',
  definition: ['manhattan(x, y) = sum_i sum_k |x_i,k - y_i,k|, n = m, in the units of the series'],
  example: {
    s1: [1, 2, 3],
    s2: [1, 4, 1],
    steps: ['value: abs(1 - 1) + abs(2 - 4) + abs(3 - 1) = 4'],
    value: 4,
  },
  params: {},
  direct: () => pointwise(1, false),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality'],
});
