import { z } from 'zod';
import { shiftScaleSolver } from '../engines/solvers/shift-scale.ts';
import { defineMetric } from './define.ts';
import { shift } from './sbd.ts';

/** shiftScaleInvariant(s1, s2, { max_shift }): series of equal length; from 0 to the number of channels. Not symmetric. */
export const shiftScaleInvariant = defineMetric({
  name: 'shift-scale-invariant',
  title: 'Shift- and scale-invariant distance',
  summary:
    'The fraction of s1 that remains after the best shift and scaling of s2, summed over the channels and returned with the shift. Not symmetric. A channel of zeros has distance 0 to another channel of zeros and 1 to any other.',
  formula: 'min_{shift, a} ||x - a y_shifted|| / ||x||',
  source: 'aeon.distances.shift_scale_invariant_distance; Yang and Leskovec, 2011',
  definition: [
    'y_s = y shifted s steps later, -max_shift <= s <= max_shift; steps that the shift uncovers are 0',
    'for each channel and each s: a = <x, y_s> / <y_s, y_s>, or 0 if y_s is all 0; left(s) = ||x - a y_s|| / ||x||',
    "distance = min_s left(s); for a channel of x that is all 0: 0 if y's is too, else 1",
    'value = the sum over the channels, from 0 to d; n = m',
    'shift = the s of the minimum, for each channel; ties, but for rounding, go to 0, then to the most negative one',
  ],
  differences: 'For a channel of zeros aeon returns the largest float64.',
  example: {
    s1: [0, 2, 3],
    s2: [1, 2, 0],
    steps: [
      's = 1, y_s is 0, 1, 2; a: (0 * 0 + 2 * 1 + 3 * 2) / (0^2 + 1^2 + 2^2) = 1.6',
      'value: sqrt(0^2 + (2 - 1.6 * 1)^2 + (3 - 1.6 * 2)^2) / sqrt(0^2 + 2^2 + 3^2) = 0.1240347346',
    ],
    value: 0.1240347346,
  },
  params: {
    max_shift: z
      .int()
      .min(0)
      .max(1e9)
      .nullable()
      .default(null)
      .meta({ description: 'Largest shift in either direction. Default: the length of the series.' }),
  },
  direct: ({ max_shift }) => shiftScaleSolver(max_shift),
  equalLengths: true,
  gives: ['grad'],
  also: { shift },
  laws: ['zero on equal series', 'not negative'],
});
