import { z } from 'zod';
import { limitedWarpingSolver } from '../engines/solvers/limited-warping.ts';
import { defineMetric } from './define.ts';

// Dynamic time warping under limited warping path length (Zhang, Tavenard, Bailly, Tang, Tang and Corpetti, 2017): dtw over the paths of
// at most max_length cells, as tslearn.metrics.dtw_limited_warping_length

/** dtwLimitedWarpingLength(s1, s2, { max_length }): the units of the series. O(n m max_length) time, and memory for a path. */
export const dtwLimitedWarpingLength = defineMetric({
  name: 'dtw-limited-warping-length',
  title: 'Dynamic time warping with a limited path',
  summary:
    'Dynamic time warping restricted to alignments of at most max_length steps. In the units of the series. Costs n x m x max_length cells.',
  formula: 'min_{path, |path| <= max_length} sqrt( sum_{(i,j) in path} ||x_i - y_j||^2 )',
  source: 'tslearn.metrics.dtw_limited_warping_length; Zhang, Tavenard, Bailly, Tang, Tang and Corpetti, 2017',
  params: {
    max_length: z.int().min(1).max(1e9).nullable().default(null).meta({
      description: 'Maximum number of steps of the path; at least the length of the longer series. Default: no limit.',
    }),
  },
  direct: ({ max_length }) => limitedWarpingSolver(max_length),
  gives: ['grad', 'path'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
