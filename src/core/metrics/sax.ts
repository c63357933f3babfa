import { z } from 'zod';
import { saxSolver } from '../engines/solvers/sax.ts';
import { defineMetric } from './define.ts';

/** sax(s1, s2, { n_segments, alphabet_size_avg }): at most the Euclidean distance. Piecewise constant, so it has no gradient. */
export const sax = defineMetric({
  name: 'sax',
  title: 'SAX distance',
  summary:
    'The distance between the symbols that stand for the means of segments: at most the Euclidean distance of the series, which should have mean 0 and standard deviation 1. Works for any length: a step that spans two segments counts in each in proportion.',
  formula: 'sqrt( n / w sum_t gap(a_t, b_t)^2 ), gap(a, b) = b_{max(a,b)-1} - b_{min(a,b)} where |a - b| > 1, else 0',
  source: 'tslearn.metrics.cdist_sax; Lin, Keogh, Wei and Lonardi, 2007',
  definition: [
    'w = n_segments, a = alphabet_size_avg; breakpoints b_1 < ... < b_{a-1}: b_k = the k/a quantile of the standard normal distribution',
    'segment t is the stretch from (t - 1) n / w to t n / w, where step i is the stretch from i - 1 to i',
    'mean_t = sum_i |step i in segment t| x_i / (n / w), where |.| is the length of the part of the step that lies in the segment',
    'symbol_t = the number of breakpoints that are <= mean_t, from 0 to a - 1, for each channel',
    'gap(p, q) = b_max(p,q) - b_{min(p,q)+1} if |p - q| > 1, else 0',
    "sax(x, y) = sqrt(size / w * sum_t sum_k gap(x's symbol, y's symbol)^2), size = size_fitted or n; in the units of the series, n = m",
    'with breakpoints_avg the series are the symbols themselves, w = n',
  ],
  differences:
    'tslearn makes segments of floor(n / w) steps and drops the remaining steps at the end; if w divides n, both agree.',
  example: {
    s1: [-9, 3, 6],
    s2: [9, 3, -6],
    params: { n_segments: 2 },
    steps: [
      'x, segment 1: (-9 + 0.5 * 3) / 1.5 = -5',
      'x, segment 2: (0.5 * 3 + 6) / 1.5 = 5',
      'y, segment 1: (9 + 0.5 * 3) / 1.5 = 7',
      'y, segment 2: (0.5 * 3 - 6) / 1.5 = -3',
      'symbols 0 3 and 3 0; the gap between 0 and 3: 0.6744897502 - (-0.6744897502) = 1.3489795004',
      'value: sqrt(3 / 2 * (1.3489795004^2 + 1.3489795004^2)) = 2.3365010331',
    ],
    value: 2.3365010331,
  },
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
      description:
        'Number of steps of the series from which the symbols were made. Default: the number of steps, or of symbols if given.',
    }),
  },
  direct: (options) => saxSolver(options),
  equalLengths: true,
  gives: [],
  backends: ['numpy'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
