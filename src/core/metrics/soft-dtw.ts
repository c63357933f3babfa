import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { smoothMinimum } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** Smoothing of soft-dtw. */
export const gammaParam = {
  gamma: z.number().min(0).default(1).meta({
    description:
      'Smoothing, in squared units of the series: softmin(x) = -gamma log sum exp(-x / gamma). 0 gives dtw squared.',
  }),
};

/** softDtw(s1, s2, { gamma }): squared units of the series. May be negative, if many alignments are almost equally good. */
export const softDtw = defineMetric({
  name: 'soft-dtw',
  title: 'Soft dynamic time warping',
  summary:
    'Dynamic time warping with a soft minimum, differentiable everywhere. Squared units, and it may be negative; gamma 0 gives dtw squared. With `metric`: of those costs.',
  formula: 'R[i,j] = ||x_i - y_j||^2 + softmin_gamma(R[i-1,j-1], R[i-1,j], R[i,j-1])',
  source: 'tslearn.metrics.soft_dtw, SoftDTW; Cuturi and Blondel, 2017',
  definition: [
    'cost(i,j) = ||x_i - y_j||^2, or the cost that `metric` names',
    'softmin(a, b, c) = -gamma log(exp(-a / gamma) + exp(-b / gamma) + exp(-c / gamma)); min for gamma 0',
    'R[i,j] = cost(i,j) + softmin(R[i-1,j-1], R[i-1,j], R[i,j-1])',
    'R[0,0] = 0, R[i,0] = R[0,j] = infinity for i, j > 0',
    'soft_dtw(x, y) = R[n,m], in squared units of the series; negative if many paths are almost equally good. gamma 0: dtw squared',
    'alignment[i,j] = d R[n,m] / d cost(i,j)',
  ],
  differences:
    "aeon returns the absolute value, and 0 for a series and itself by special case; here soft_dtw(x, x) is negative. For gamma 0 tslearn's cdist returns dtw, not dtw squared.",
  example: {
    s1: [0, 1],
    s2: [0, 1],
    steps: ['three paths cost 0, 1 and 1: -1 * log(exp(-0 / 1) + exp(-1 / 1) + exp(-1 / 1)) = -0.5514447139'],
    value: -0.5514447139,
  },
  params: { ...gammaParam, ...localMetricParams, ...constraintParams },
  recurrence: ({ gamma, ...params }) => ({
    moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'alignment'],
  serves: ['barycenter', 'bandwidth'],
  laws: ['symmetric'],
});
