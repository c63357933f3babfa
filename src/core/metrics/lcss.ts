import { z } from 'zod';
import { lcssSolver } from '../engines/solvers/lcss.ts';
import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

/** lcss(s1, s2, { eps }): a similarity from 0 to 1. Piecewise constant, so it has no gradient. */
export const lcss = defineMetric({
  name: 'lcss',
  title: 'Longest common subsequence',
  summary:
    'A similarity from 0 to 1: the fraction of the shorter series that can be matched in order, where steps within eps match. A band limits the pairs. The path holds only the matched pairs. With `metric`, that cost is compared with eps.',
  formula:
    'R[i,j] = R[i-1,j-1] + 1 if ||x_i - y_j|| <= eps and (i,j) is in the band, else max(R[i-1,j], R[i,j-1]); R[n,m] / min(n, m)',
  source: 'tslearn.metrics.lcss, lcss_path, lcss_path_from_metric; Vlachos, Gunopulos and Kollios, 2002',
  definition: [
    'match(i,j): cost(i,j) <= eps and (i,j) is in the band; cost(i,j) = ||x_i - y_j||, or the cost that `metric` names',
    'R[i,j] = R[i-1,j-1] + 1 if match(i,j), else max(R[i-1,j], R[i,j-1]), for all cells, in the band or not',
    'R[i,0] = R[0,j] = 0',
    'lcss(x, y) = R[n,m] / min(n, m), from 0 to 1: the most pairs that match and go forward in both series',
    'path, from (n,m): if match(i,j), take the pair and go to (i-1,j-1); else go up if R[i-1,j] > R[i,j-1], or if they are equal and only (i-1,j) is in the band; else go left',
  ],
  differences:
    'aeon returns the distance 1 - lcss. In a band, tslearn loses pairs, because a cell without a match does not inherit the count of its diagonal cell.',
  example: {
    s1: [1, 2, 3],
    s2: [1, 9, 3],
    params: { eps: 0.5 },
    steps: ['the pairs (1,1) and (3,3) match: 2 / 3 = 0.6666666667'],
    value: 0.6666666667,
  },
  params: {
    eps: z.number().min(0).default(1).meta({ description: 'Steps match if they are at most this far apart.' }),
    ...localMetricParams,
    ...constraintParams,
  },
  direct: (params, bandOf) => lcssSolver(localOf(params, { cost: 'euclidean' }), params.eps, bandOf),
  similarity: true,
  gives: ['path'],
  path: 'matches',
  backends: ['numpy'],
  laws: ['symmetric', 'not negative'],
});
