import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

// The squared Euclidean distance, step by step: sum of ||x_i - y_i||^2, as aeon's squared_distance, which truncates unequal lengths

/** squared(s1, s2): series of equal length; squared units of the series. */
export const squared = defineMetric({
  name: 'squared',
  title: 'Squared Euclidean distance',
  summary: 'The squared Euclidean distance between series of equal length, step by step. Squared units.',
  formula: 'sum_i ||x_i - y_i||^2',
  source: 'aeon.distances.squared_distance, which truncates unequal lengths; here they are an error',
  params: {},
  direct: () => pointwise(2, false),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
