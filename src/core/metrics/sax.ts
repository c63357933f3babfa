import { z } from 'zod';
import { saxSolver } from '../engines/solvers/sax.ts';
import { defineMetric } from './define.ts';

// The distance of SAX words (Lin, Keogh, Wei and Lonardi, 2007), as tslearn's cdist_sax and SymbolicAggregateApproximation.distance:
//   sqrt( n / w sum_t gap(a_t, b_t)^2 ), gap = 0 for equal and neighbouring symbols, else the way between their borders

/** sax(s1, s2, { n_segments, alphabet_size_avg }): never above the Euclidean distance. Piecewise constant, so it has no gradient. */
export const sax = defineMetric({
  name: 'sax',
  title: 'SAX distance',
  summary:
    'The distance of the symbols that stand for the means of segments: never above the Euclidean distance of the series, which should have mean 0 and standard deviation 1. Series of any length: a step that lies in two segments counts in each by the part that lies there, where tslearn leaves the last steps out.',
  formula: 'sqrt( n / w sum_t gap(a_t, b_t)^2 ), gap(a, b) = b_{max(a,b)-1} - b_{min(a,b)} where |a - b| > 1, else 0',
  source: 'tslearn.metrics.cdist_sax; Lin, Keogh, Wei and Lonardi, 2007',
  params: {
    n_segments: z.int().min(1).max(1e9).nullable().default(null).meta({
      description:
        'Segments of equal length, n / w steps, which need not be whole. Default: 10, or as many as there are steps.',
    }),
    alphabet_size_avg: z
      .int()
      .min(2)
      .max(1000)
      .default(4)
      .meta({ description: 'Symbols, equally likely for standard normal values.' }),
    breakpoints_avg: z.array(z.number()).min(1).nullable().default(null).meta({
      description: 'The borders between the symbols, rising. Given: the series are made of symbols already.',
    }),
    size_fitted: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .meta({ description: 'Steps of the series that symbols were made from. Absent: as many as there are.' }),
  },
  direct: (options) => saxSolver(options),
  equalLengths: true,
  gives: [],
  backends: ['numpy'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
