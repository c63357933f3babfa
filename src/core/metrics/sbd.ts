import { z } from 'zod';
import { sbdSolver } from '../engines/solvers/sbd.ts';
import { defineMetric } from './define.ts';

// The shape-based distance (Paparrizos and Gravano, 2015), as aeon's sbd_distance:
//   1 - max over shifts of sum_i x_i y_{i-shift} / (||x|| ||y||), mean over the channels, each standardized first

/** By how many steps s2 is shifted later. */
export const shift = z.union([z.int(), z.array(z.int())]).meta({
  description:
    'By how many steps s2 is moved later to match s1 best: one number, or one per channel if the series are given in rows. Ties go to the smallest shift.',
});

/** sbd(s1, s2, { standardize }): from 0 to 2. Gradient at the best shift; 0 for a channel that is constant. */
export const sbd = defineMetric({
  name: 'sbd',
  title: 'Shape-based distance',
  summary:
    '1 minus the largest normalized cross-correlation over all shifts, averaged over the channels: from 0 to 2, returned with the shift. Constant channels have distance 0 to each other and 1 to any other.',
  formula: '1 - max_shift sum_i x_i y_{i-shift} / ( ||x|| ||y|| )',
  source: 'aeon.distances.sbd_distance; Paparrizos and Gravano, 2015',
  params: {
    standardize: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether each channel is standardized first: mean 0 and standard deviation 1.' }),
  },
  direct: ({ standardize }) => sbdSolver(standardize),
  gives: ['grad'],
  also: { shift },
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
