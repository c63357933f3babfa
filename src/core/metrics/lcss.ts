import { z } from 'zod';
import { lcssSolver } from '../engines/solvers/lcss.ts';
import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { defineMetric } from './define.ts';

// The longest common subsequence: the share of the shorter series that can be matched (Vlachos, Gunopulos and Kollios, 2002), with
// tslearn.metrics.lcss's cost and units.

/** lcss(s1, s2, { eps }): a similarity from 0 to 1. Piecewise constant, so it has no gradient. */
export const lcss = defineMetric({
  name: 'lcss',
  title: 'Longest common subsequence',
  summary:
    'A similarity from 0 to 1: the share of the shorter series that can be matched in order, steps within eps being equal. A band bounds the pairs. The path holds the matched pairs only. With `metric` that cost is held to eps.',
  formula:
    'R[i,j] = R[i-1,j-1] + 1 if ||x_i - y_j|| <= eps and (i,j) is in the band, else max(R[i-1,j], R[i,j-1]); R[n,m] / min(n, m)',
  source: 'tslearn.metrics.lcss, lcss_path, lcss_path_from_metric; Vlachos, Gunopulos and Kollios, 2002',
  params: {
    eps: z.number().min(0).default(1).meta({ description: 'Steps that are no farther apart than this match.' }),
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
