import { normalizedCcSolver } from '../engines/solvers/normalized-cc.ts';
import { defineMetric } from './define.ts';
import { shift } from './sbd.ts';

/** normalized_cc(s1, s2): a similarity from -1 to 1. Gradient at the best shift; 0 for a series of zeros. */
export const normalizedCc = defineMetric({
  name: 'normalized-cc',
  title: 'Normalized cross-correlation',
  summary:
    'A similarity from -1 to 1: the largest normalized cross-correlation over all shifts, returned with that shift. Channels are shifted together, and nothing is standardized.',
  formula: 'max_shift sum_i <x_i, y_{i-shift}> / ( ||x|| ||y|| )',
  source: 'tslearn.metrics.cycc.normalized_cc, cdist_normalized_cc; Paparrizos and Gravano, 2015',
  definition: [
    'cc(s) = sum_i <x_i, y_{i-s}> / (||x|| ||y||) over the i for which both steps exist, -m < s < n; ||x|| is the root of the sum of all squares',
    'normalized_cc(x, y) = max_s cc(s), from -1 to 1; 0 if x or y is all 0',
    'shift = the s of the maximum; ties, but for rounding, go to the smallest |s|, then to the negative one',
  ],
  example: {
    s1: [1, 2, 0],
    s2: [0, 1, 1],
    steps: ['s = -1, y one step earlier: (1 * 1 + 2 * 1) / (sqrt(1 + 4) * sqrt(1 + 1)) = 0.9486832981'],
    value: 0.9486832981,
  },
  params: {},
  direct: () => normalizedCcSolver,
  similarity: true,
  gives: ['grad'],
  also: { shift },
  laws: ['symmetric'],
});
