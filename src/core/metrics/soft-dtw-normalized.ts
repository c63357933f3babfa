import { constraintParams } from '../metric/constraints.ts';
import { smoothMinimum } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';
import { gammaParam } from './soft-dtw.ts';

// The soft-DTW divergence: 0 for equal series (Blondel, Mensch and Vert, 2021).
//   soft(x, y) - (soft(x, x) + soft(y, y)) / 2, as tslearn.metrics.soft_dtw_normalized

/** softDtwNormalized(s1, s2, { gamma }): squared units of the series. */
export const softDtwNormalized = defineMetric({
  name: 'soft-dtw-normalized',
  title: 'Normalized soft dynamic time warping',
  summary:
    'The soft-DTW divergence: soft-DTW minus the mean of the two self terms, so that it is 0 for equal series. Squared units.',
  formula: 'soft(x, y) - (soft(x, x) + soft(y, y)) / 2',
  source: 'tslearn.metrics.soft_dtw_normalized; Blondel, Mensch and Vert, 2021',
  params: { ...gammaParam, ...constraintParams },
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  normalized: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'zero on equal series'],
});
