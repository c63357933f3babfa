import { z } from 'zod';
import { ctwSolver } from '../engines/solvers/ctw.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

/** ctw(s1, s2, { max_iter, n_components }): with max_iter 1 it is dtw of the first components. */
export const ctw = defineMetric({
  name: 'ctw',
  title: 'Canonical time warping',
  summary:
    'Dynamic time warping in the space of the largest canonical correlations, found by alternation: align, correlate, and align again until the path no longer changes. Value and path are those of the last alignment. The two series may have different numbers of values per step.',
  formula: 'dtw(x V_x, y V_y), V = CCA of the steps that the path pairs',
  source: 'tslearn.metrics.ctw, iterated to convergence; Zhou and De la Torre, 2009',
  definition: [
    'u = x and v = y, with only the first n_components values of each step',
    'p = the path of dtw(u, v)',
    'at most max_iter - 1 times, until p no longer changes:',
    '  A, B = the steps of x and of y that p pairs: one row for each of the N cells of p',
    '  standardize the columns of A and of B: mean 0, standard deviation 1 with divisor N - 1 (a constant column becomes 0)',
    '  for each component: a, b = the vectors of length 1 for which A a and B b correlate most (of several that correlate equally, as on a path of few cells, any); subtract from each column of A its regression on A a, and from each column of B its regression on B b',
    '  u, v = the steps of x and of y transformed in the same way, with the means, deviations and regressions of A and B: one score A a, or B b, for each component (0 if nothing correlates any more)',
    '  p = the path of dtw(u, v)',
    'ctw(x, y) = dtw(u, v) of the last u and v: standard deviations, or with max_iter 1 the units of the series',
  ],
  differences:
    'tslearn compares the path with itself, so it stops after one iteration and returns the value from before it.',
  example: {
    s1: [
      [1, 7],
      [2, 7],
      [5, 9],
    ],
    s2: [[1], [3]],
    params: { max_iter: 1 },
    steps: ['dtw of the first values, 1, 2, 5 and 1, 3: sqrt((1 - 1)^2 + (2 - 1)^2 + (5 - 3)^2) = 2.2360679775'],
    value: 2.2360679775,
  },
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
