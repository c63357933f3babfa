import { z } from 'zod';
import { shapeDtwSolver } from '../engines/solvers/shape-dtw.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

/** shapeDtw(s1, s2, { reach }): squared units of the series. With reach 0 it is dtw squared. */
export const shapeDtw = defineMetric({
  name: 'shape-dtw',
  title: 'Shape dynamic time warping',
  summary:
    'Aligns the neighbourhoods of the steps by dynamic time warping; the value is the cost of that path in the series themselves, and the gradient is taken along that path. Squared units.',
  formula: 'sum_{(i,j) in path} ||x_i - y_j||^2, path = argmin sum_{(i,j)} sum_{|k| <= reach} ||x_{i+k} - y_{j+k}||^2',
  source: 'aeon.distances.shape_dtw_distance with the identity descriptor; Zhao and Itti, 2018',
  definition: [
    'around(x_i) = x_{i-reach}, ..., x_{i+reach} in one vector; beyond the ends the first or the last step is repeated',
    'cost(i,j) = ||around(x_i) - around(y_j)||^2',
    'R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'path = the best one; if several are equally good, the one that the tie rule above selects',
    'shape_dtw(x, y) = sum of ||x_i - y_j||^2 over the path, in squared units of the series',
  ],
  differences: 'If alignments tie, aeon reads outside its table and may follow another one.',
  example: {
    s1: [0, 1, 0],
    s2: [0, 1],
    params: { reach: 1 },
    steps: [
      'around x: 0 0 1, 0 1 0, 1 0 0; around y: 0 0 1, 0 1 1; the best path is (1,1), (2,2), (3,2): 0 + 1 + 3 = 4',
      'value, in the steps themselves: (0 - 0)^2 + (1 - 1)^2 + (0 - 1)^2 = 1',
    ],
    value: 1,
  },
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
