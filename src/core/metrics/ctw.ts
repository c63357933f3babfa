import { z } from 'zod';
import { ctwSolver } from '../engines/solvers/ctw.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

// Canonical time warping (Zhou and De la Torre, 2009): alternates alignment and canonical correlation analysis. This is what tslearn.metrics.ctw
// intends: tslearn stops after one iteration, because it compares the path with itself, and returns the value from before it.

/** ctw(s1, s2, { max_iter, n_components }): with max_iter 1 it is dtw of the first components. */
export const ctw = defineMetric({
  name: 'ctw',
  title: 'Canonical time warping',
  summary:
    'Dynamic time warping in the space of the largest canonical correlations, found by alternation: align, correlate, and align again until the path no longer changes. Value and path are those of the last alignment. The two series may have different numbers of values per step.',
  formula: 'dtw(x V_x, y V_y), V = CCA of the steps that the path pairs',
  source: 'tslearn.metrics.ctw, iterated to convergence; Zhou and De la Torre, 2009',
  params: {
    max_iter: z
      .int()
      .min(1)
      .max(1000)
      .default(100)
      .meta({ description: 'Maximum number of alignments; 1 is plain dtw.' }),
    n_components: z.int().min(1).max(1000).nullable().default(null).meta({
      description:
        'Number of canonical components. Default and maximum: the smaller number of values per step of the two series.',
    }),
    ...constraintParams,
  },
  direct: (options, bandOf) => ctwSolver(options, bandOf),
  mixedFeatures: true,
  gives: ['path'],
  backends: ['numpy'],
  laws: ['zero on equal series', 'not negative'],
});
