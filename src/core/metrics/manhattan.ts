import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

// The Manhattan distance, step by step: sum of |x_i,k - y_i,k|, as aeon's manhattan_distance, which truncates unequal lengths

/** manhattan(s1, s2): series of equal length; the units of the series. Gradient 0 where two values are equal. */
export const manhattan = defineMetric({
  name: 'manhattan',
  title: 'Manhattan distance',
  summary: 'The sum of absolute differences between series of equal length, step by step. In the units of the series.',
  formula: 'sum_i sum_k |x_i,k - y_i,k|',
  source: 'aeon.distances.manhattan_distance, which truncates unequal lengths; here they are an error',
  params: {},
  direct: () => pointwise(1, false),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality'],
});
