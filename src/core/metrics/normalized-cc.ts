import { normalizedCcSolver } from '../engines/solvers/normalized-cc.ts';
import { defineMetric } from './define.ts';
import { shift } from './sbd.ts';

// The normalized cross-correlation (Paparrizos and Gravano, 2015), as tslearn's normalized_cc at its best shift:
//   max over shifts of sum_i <x_i, y_{i-shift}> / (||x|| ||y||), channels shifted together, nothing standardized

/** normalized_cc(s1, s2): a similarity from -1 to 1. Gradient at the best shift; 0 for a series of zeros. */
export const normalizedCc = defineMetric({
  name: 'normalized-cc',
  title: 'Normalized cross-correlation',
  summary:
    'A similarity from -1 to 1: the largest normalized cross-correlation over all shifts, returned with that shift. Channels are shifted together, and nothing is standardized.',
  formula: 'max_shift sum_i <x_i, y_{i-shift}> / ( ||x|| ||y|| )',
  source: 'tslearn.metrics.cycc.normalized_cc, cdist_normalized_cc; Paparrizos and Gravano, 2015',
  params: {},
  direct: () => normalizedCcSolver,
  similarity: true,
  gives: ['grad'],
  also: { shift },
  laws: ['symmetric'],
});
