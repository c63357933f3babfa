import { z } from 'zod';
import { lcssSolver } from '../engines/solvers/lcss.ts';
import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

// The longest common subsequence: the fraction of the shorter series that can be matched (Vlachos, Gunopulos and Kollios, 2002), with
// the cost and units of tslearn.metrics.lcss.

/** lcss(s1, s2, { eps }): a similarity from 0 to 1. Piecewise constant, so it has no gradient. */
export const lcss = defineMetric({
  name: 'lcss',
  title: 'Longest common subsequence',
  summary:
    'A similarity from 0 to 1: the fraction of the shorter series that can be matched in order, where steps within eps match. A band limits the pairs. The path holds only the matched pairs. With `metric`, that cost is compared with eps.',
  formula:
    'R[i,j] = R[i-1,j-1] + 1 if ||x_i - y_j|| <= eps and (i,j) is in the band, else max(R[i-1,j], R[i,j-1]); R[n,m] / min(n, m)',
  source: 'tslearn.metrics.lcss, lcss_path, lcss_path_from_metric; Vlachos, Gunopulos and Kollios, 2002',
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
