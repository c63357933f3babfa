import { pointwise } from '../engines/solvers/pointwise.ts';
import { defineMetric } from './define.ts';

/** euclidean(s1, s2): series of equal length; the units of the series. Gradient 0 where the value is 0. */
export const euclidean = defineMetric({
  name: 'euclidean',
  title: 'Euclidean distance',
  summary: 'The Euclidean distance between series of equal length, step by step. In the units of the series.',
  formula: 'sqrt( sum_i ||x_i - y_i||^2 )',
  source: 'aeon.distances.euclidean_distance, which truncates unequal lengths; here they are an error',
  definition: ['euclidean(x, y) = sqrt(sum_i ||x_i - y_i||^2), n = m, in the units of the series'],
  example: {
    s1: [1, 2, 3],
    s2: [1, 4, 1],
    steps: ['value: sqrt((1 - 1)^2 + (2 - 4)^2 + (3 - 1)^2) = 2.8284271247'],
    value: 2.8284271247,
  },
  params: {},
  direct: () => pointwise(2, true),
  equalLengths: true,
  gives: ['grad'],
  laws: ['symmetric', 'zero on equal series', 'not negative', 'triangle inequality'],
});
