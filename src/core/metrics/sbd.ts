import { z } from 'zod';
import { sbdSolver } from '../engines/solvers/sbd.ts';
import { defineMetric } from './define.ts';

// The shape-based distance (Paparrizos and Gravano, 2015), as aeon's sbd_distance:
//   1 - max over shifts of sum_i x_i y_{i-shift} / (||x|| ||y||), mean over the channels, each standardized before

/** How many steps later s2 is moved. */
export const shift = z.union([z.int(), z.array(z.int())]).meta({
  description:
    'How many steps later s2 is moved to meet s1 best: one number, or one for each channel of series in rows. Of equally good ones the smallest.',
});

/** sbd(s1, s2, { standardize }): from 0 to 2. Gradient at the best shift; 0 for a channel that is constant. */
export const sbd = defineMetric({
  name: 'sbd',
  title: 'Shape-based distance',
  summary:
    '1 less the largest normalized cross-correlation over all shifts, the mean over the channels: from 0 to 2, with the shift. Constant channels are at distance 0 of each other and at distance 1 of all others.',
  formula: '1 - max_shift sum_i x_i y_{i-shift} / ( ||x|| ||y|| )',
  source: 'aeon.distances.sbd_distance; Paparrizos and Gravano, 2015',
  params: {
    standardize: z
      .boolean()
      .default(true)
      .meta({ description: 'Whether each channel is standardized before: mean 0 and standard deviation 1.' }),
  },
  direct: ({ standardize }) => sbdSolver(standardize),
  gives: ['grad'],
  also: { shift },
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
