import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** msm(s1, s2, { c, independent }): the units of the series; squared for several dependent channels. */
export const msm = defineMetric({
  name: 'msm',
  title: 'Move-split-merge',
  summary: 'The cost of turning one series into the other by moving values and by splitting and merging steps.',
  formula: 'R[i,j] = min(R[i-1,j-1] + |x_i - y_j|, R[i-1,j] + C(x_i; x_{i-1}, y_j), R[i,j-1] + C(y_j; x_i, y_{j-1}))',
  source: 'aeon.distances.msm_distance; Stefan, Athitsos and Das, 2013',
  definition: [
    'd(a, b) = |a - b|; with independent false and more than one channel ||a - b||^2',
    'C(a; b, z) = c if a is between b and z, else c + min(d(a, b), d(a, z))',
    'between: b <= a <= z or b >= a >= z; with independent false and more than one channel ||a - (b + z) / 2|| <= ||b - z|| / 2',
    'R[1,1] = d(x_1, y_1), R[i,1] = R[i-1,1] + C(x_i; x_{i-1}, y_1), R[1,j] = R[1,j-1] + C(y_j; y_{j-1}, x_1)',
    'R[i,j] = min(R[i-1,j-1] + d(x_i, y_j), R[i-1,j] + C(x_i; x_{i-1}, y_j), R[i,j-1] + C(y_j; y_{j-1}, x_i)) for i, j > 1',
    'msm(x, y) = R[n,m], with independent true summed over the channels; in the units of the series, squared for several dependent channels',
  ],
  differences:
    'With independent false aeon squares the distances of a single channel too; here a single channel has the same value whether independent is true or false.',
  example: {
    s1: [1, 2, 4],
    s2: [1, 3],
    steps: [
      'C(2; 1, 1): 1 + min(abs(2 - 1), abs(2 - 1)) = 2',
      '(1,1), then merge 2 at (2,1), then move 4 to 3 at (3,2): abs(1 - 1) + 2 + abs(4 - 3) = 3',
    ],
    value: 3,
  },
  params: {
    c: z.number().min(0).default(1).meta({ description: 'The cost of a split or a merge.' }),
    independent: z.boolean().default(true).meta({
      description:
        'Whether each channel is aligned separately and the values are summed, or all channels together, under squared distances. For a single channel both are the same.',
    }),
    ...softParam,
    ...constraintParams,
  },
  // A single channel is always independent.
  recurrence: ({ c, independent, gamma }, { d }) => ({
    moves: { kind: 'msm', c, independent: independent || d === 1 },
    ...smoothMinimum(gamma),
  }),
  perChannel: ({ independent }) => independent,
  gives: ['grad', 'path'],
  laws: [...hardLaws, 'triangle inequality when hard, independent and without a band'],
});
