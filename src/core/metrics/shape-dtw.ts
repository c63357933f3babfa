import { z } from 'zod';
import { shapeDtwSolver } from '../engines/solvers/shape-dtw.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

// Shape dynamic time warping (Zhao and Itti, 2018): aligns the neighbourhoods of the steps, then sums the squared costs of the steps
// themselves, as aeon's shape_dtw_distance. Where alignments tie, our tie rule decides; aeon reads outside the table there.

/** shapeDtw(s1, s2, { reach }): squared units of the series. With reach 0 it is dtw squared. */
export const shapeDtw = defineMetric({
  name: 'shape-dtw',
  title: 'Shape dynamic time warping',
  summary:
    'Aligns the neighbourhoods of the steps by dynamic time warping; the value is the cost of that path in the series themselves, and the gradient is taken along that path. Squared units.',
  formula: 'sum_{(i,j) in path} ||x_i - y_j||^2, path = argmin sum_{(i,j)} sum_{|k| <= reach} ||x_{i+k} - y_{j+k}||^2',
  source: 'aeon.distances.shape_dtw_distance with the identity descriptor; Zhao and Itti, 2018',
  params: {
    reach: z
      .int()
      .min(0)
      .max(1000)
      .default(15)
      .meta({ description: 'Number of steps on either side that belong to the neighbourhood of a step.' }),
    ...constraintParams,
  },
  direct: ({ reach }, bandOf) => shapeDtwSolver(reach, bandOf),
  gives: ['grad', 'path'],
  laws: ['zero on equal series', 'not negative'],
});
