import { constraintParams } from '../metric/constraints.ts';
import { smoothMinimum } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';
import { gammaParam } from './soft-dtw.ts';

/** softDtwNormalized(s1, s2, { gamma }): squared units of the series. */
export const softDtwNormalized = defineMetric({
  name: 'soft-dtw-normalized',
  title: 'Normalized soft dynamic time warping',
  summary:
    'The soft-DTW divergence: soft-DTW minus the mean of the two self terms, so that it is 0 for equal series. Squared units.',
  formula: 'soft(x, y) - (soft(x, x) + soft(y, y)) / 2',
  source: 'tslearn.metrics.soft_dtw_normalized; Blondel, Mensch and Vert, 2021',
  definition: [
    'value = soft_dtw(x, y) - (soft_dtw(x, x) + soft_dtw(y, y)) / 2, in squared units of the series; gamma 0: dtw squared',
  ],
  differences: "For gamma 0 tslearn's cdist returns dtw, not dtw squared.",
  example: {
    s1: [0, 1],
    s2: [0, 0],
    steps: [
      'soft_dtw(x, y), paths of cost 1, 1 and 2: -log(2 * exp(-1) + exp(-2)) = 0.1380051959',
      'soft_dtw(x, x), paths of cost 0, 1 and 1: -log(1 + 2 * exp(-1)) = -0.5514447139',
      'soft_dtw(y, y), three paths of cost 0: -log(3) = -1.0986122887',
      'value: 0.1380051959 - (-0.5514447139 - 1.0986122887) / 2 = 0.9630336972',
    ],
    value: 0.9630336972,
  },
  params: { ...gammaParam, ...constraintParams },
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  normalized: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'zero on equal series'],
});
