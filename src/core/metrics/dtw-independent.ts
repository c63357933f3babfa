import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Independent dynamic time warping, "DTW_I": each channel is warped separately (Shokoohi-Yekta, Hu, Jin, Wang and Keogh, 2017).
//   dtw_i(x, y) = sum over channels k of dtw(x_k, y_k)^2

/** dtw_i(s1, s2): squared units of the series. For a single channel it is dtw squared. */
export const dtwIndependent = defineMetric({
  name: 'dtw-independent',
  title: 'Independent dynamic time warping',
  summary:
    'Dynamic time warping of each channel separately, summed. Squared units. For a single channel it is dtw squared.',
  formula: 'sum_k dtw(x_k, y_k)^2 over the channels k',
  source: 'Shokoohi-Yekta, Hu, Jin, Wang and Keogh, 2017; DTW_I of the UEA archive',
  params: { ...softParam, ...constraintParams },
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  perChannel: () => true,
  gives: ['grad'],
  laws: hardLaws,
});
