import { z } from 'zod';
import { limitedWarpingSolver } from '../engines/solvers/limited-warping.ts';
import { defineMetric } from './define.ts';

/** dtwLimitedWarpingLength(s1, s2, { max_length }): the units of the series. At most O(n m min(n, m)) time, and memory for a path. */
export const dtwLimitedWarpingLength = defineMetric({
  name: 'dtw-limited-warping-length',
  title: 'Dynamic time warping with a limited path',
  summary:
    'Dynamic time warping restricted to alignments of at most max_length steps. In the units of the series. Costs at most n x m x min(n, m) cells.',
  formula: 'min_{path, |path| <= max_length} sqrt( sum_{(i,j) in path} ||x_i - y_j||^2 )',
  source: 'tslearn.metrics.dtw_limited_warping_length; Zhang, Tavenard, Bailly, Tang, Tang and Corpetti, 2017',
  definition: [
    'cost(i,j) = ||x_i - y_j||^2',
    'R[i,j,l] = the smallest cost of a path from (1,1) to (i,j) of l cells = cost(i,j) + min(R[i-1,j-1,l-1], R[i-1,j,l-1], R[i,j-1,l-1])',
    'R[1,1,1] = cost(1,1); everything else starts at infinity',
    'value = sqrt(min_{l <= max_length} R[n,m,l]), in the units of the series; max_length is at least max(n, m)',
  ],
  example: {
    s1: [1, 5, 5],
    s2: [1, 1, 5],
    params: { max_length: 3 },
    steps: [
      'the only path of 3 cells, (1,1), (2,2), (3,3): (1 - 1)^2 + (5 - 1)^2 + (5 - 5)^2 = 16',
      'value: sqrt(16) = 4',
    ],
    value: 4,
  },
  params: {
    max_length: z.int().min(1).max(1e9).nullable().default(null).meta({
      description: 'Maximum number of steps of the path; at least the length of the longer series. Default: no limit.',
    }),
  },
  direct: ({ max_length }) => limitedWarpingSolver(max_length),
  gives: ['grad', 'path'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});
