import { z } from 'zod';
import { constraintParams } from '../metric/constraints.ts';
import { localMetricParams, localOf } from '../metric/local-metric.ts';
import { smoothMinimum } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Soft dynamic time warping: dtw with a smooth minimum over all alignments (Cuturi and Blondel, 2017).
//   R[i,j] = ||x_i - y_j||^2 + softmin_gamma(R[i-1,j-1], R[i-1,j], R[i,j-1]), as tslearn.metrics.soft_dtw; with
//   `metric` "precomputed", as tslearn.metrics.SoftDTW

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
  params: { ...gammaParam, ...localMetricParams, ...constraintParams },
  recurrence: ({ gamma, ...params }) => ({
    moves: { kind: 'warp', local: localOf(params, { cost: 'sqeuclidean' }) },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'alignment'],
  serves: ['barycenter', 'bandwidth'],
  laws: ['symmetric'],
});
