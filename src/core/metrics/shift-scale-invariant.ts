import { z } from 'zod';
import { shiftScaleSolver } from '../engines/solvers/shift-scale.ts';
import { defineMetric } from './define.ts';
import { shift } from './sbd.ts';

// The shift- and scale-invariant distance (Yang and Leskovec, 2011), as aeon's shift_scale_invariant_distance:
//   min over shifts and scales a of ||x - a y_shifted|| / ||x||, where steps that a shift uncovers are 0; summed over the channels

/** shiftScaleInvariant(s1, s2, { max_shift }): series of equal length; from 0 to the number of channels. Not symmetric. */
export const shiftScaleInvariant = defineMetric({
  name: 'shift-scale-invariant',
  title: 'Shift- and scale-invariant distance',
  summary:
    'The fraction of s1 that remains after the best shift and scaling of s2, summed over the channels and returned with the shift. Not symmetric. A channel of zeros has distance 0 to another channel of zeros and 1 to any other.',
  formula: 'min_{shift, a} ||x - a y_shifted|| / ||x||',
  source: 'aeon.distances.shift_scale_invariant_distance; Yang and Leskovec, 2011',
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
