import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

// The Euclidean distance, step by step: sqrt(sum of ||x_i - y_i||^2), as aeon's euclidean_distance, which truncates unequal lengths

/** euclidean(s1, s2): series of equal length; the units of the series. Gradient 0 where the value is 0. */
export const euclidean = defineMetric({
  name: 'euclidean',
  title: 'Euclidean distance',
  summary: 'The Euclidean distance between series of equal length, step by step. In the units of the series.',
  formula: 'sqrt( sum_i ||x_i - y_i||^2 )',
  source: 'aeon.distances.euclidean_distance, which truncates unequal lengths; here they are an error',
  params: {},
  direct: () => pointwise(2, true),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality'],
});
