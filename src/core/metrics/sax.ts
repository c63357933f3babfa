import { z } from 'zod';
import { saxSolver } from '../engines/solvers/sax.ts';
import { defineMetric } from './define.ts';

// The distance of SAX words (Lin, Keogh, Wei and Lonardi, 2007), as tslearn's cdist_sax and SymbolicAggregateApproximation.distance:
//   sqrt( n / w sum_t gap(a_t, b_t)^2 ), gap = 0 for equal and neighbouring symbols, else the distance between their breakpoints

/** sax(s1, s2, { n_segments, alphabet_size_avg }): at most the Euclidean distance. Piecewise constant, so it has no gradient. */
export const sax = defineMetric({
  name: 'sax',
  title: 'SAX distance',
  summary:
    'The distance between the symbols that stand for the means of segments: at most the Euclidean distance of the series, which should have mean 0 and standard deviation 1. Works for any length: a step that spans two segments counts in each in proportion, whereas tslearn drops the last steps.',
  formula: 'sqrt( n / w sum_t gap(a_t, b_t)^2 ), gap(a, b) = b_{max(a,b)-1} - b_{min(a,b)} where |a - b| > 1, else 0',
  source: 'tslearn.metrics.cdist_sax; Lin, Keogh, Wei and Lonardi, 2007',
  params: {
    n_segments: z.int().min(1).max(1e9).nullable().default(null).meta({
      description:
        'Number of segments of equal length, n / w steps, which need not be an integer. Default: 10, or the number of steps if that is smaller.',
    }),
    alphabet_size_avg: z
      .int()
      .min(2)
      .max(1000)
      .default(4)
      .meta({ description: 'Number of symbols, equally likely for standard normal values.' }),
    breakpoints_avg: z.array(z.number()).min(1).nullable().default(null).meta({
      description:
        'The breakpoints between the symbols, in increasing order. If given, the series already consist of symbols.',
    }),
    size_fitted: z.int().min(1).nullable().default(null).meta({
      description: 'Number of steps of the series from which the symbols were made. Default: the number of symbols.',
    }),
  },
  direct: (options) => saxSolver(options),
  equalLengths: true,
  gives: [],
  backends: ['numpy'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
