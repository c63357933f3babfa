import { z } from 'zod';
import { sbdSolver } from '../engines/solvers/sbd.ts';
import { defineMetric } from './define.ts';

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
  definition: [
    'for each channel: subtract its mean (with standardize; the scale does not matter)',
    'cc(s) = sum_i x_i y_{i-s} / (||x|| ||y||) over the i for which both steps exist, -m < s < n',
    'distance = 1 - max_s cc(s); for constant channels (without standardize: all 0) 0 if both are, 1 if one is; with standardize 0 for a channel of one step',
    'sbd(x, y) = the mean of the distances over the channels, from 0 to 2',
    'shift = the s of the maximum, for each channel; ties, but for rounding, go to the smallest |s|, then to the negative one',
  ],
  differences: 'For constant channels aeon returns NaN.',
  example: {
    s1: [1, 2, 0],
    s2: [0, 3, 3],
    steps: [
      'centred, x is 0, 1, -1 and y is -2, 1, 1; s = 2, y two steps later: -1 * -2 = 2',
      'norms: sqrt(1 + 1) * sqrt(4 + 1 + 1) = 3.4641016151',
      'value: 1 - 2 / 3.4641016151 = 0.4226497308',
    ],
    value: 0.4226497308,
  },
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
