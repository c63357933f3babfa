import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Move-split-merge (Stefan, Athitsos and Das, 2013), as aeon's msm_distance:
//   R[i,j] = min(R[i-1,j-1] + |x_i - y_j|, R[i-1,j] + C(x_i; x_{i-1}, y_j), R[i,j-1] + C(y_j; x_i, y_{j-1}))
//   C(x; y, z) = c if x lies between y and z, else c + min(|x - y|, |x - z|)

/** msm(s1, s2, { c, independent }): the units of the series; squared for several dependent channels. */
export const msm = defineMetric({
  name: 'msm',
  title: 'Move-split-merge',
  summary: 'The cost of turning one series into the other by moving values and by splitting and merging steps.',
  formula: 'R[i,j] = min(R[i-1,j-1] + |x_i - y_j|, R[i-1,j] + C(x_i; x_{i-1}, y_j), R[i,j-1] + C(y_j; x_i, y_{j-1}))',
  source: 'aeon.distances.msm_distance; Stefan, Athitsos and Das, 2013',
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
