import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Derivative dynamic time warping: dtw squared of the slopes, which have two steps fewer (Keogh and Pazzani, 2001).
//   x'_i = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2, as aeon's ddtw_distance

/** ddtw(s1, s2): squared units of the slopes. Both series need 3 steps; paths index the slopes. */
export const ddtw = defineMetric({
  name: 'ddtw',
  title: 'Derivative dynamic time warping',
  summary: 'Dynamic time warping of the slopes of the series, which need at least 3 steps. Squared units.',
  formula: "dtw(x', y')^2, x'_i = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2",
  source: 'aeon.distances.ddtw_distance; Keogh and Pazzani, 2001',
  params: { ...softParam, ...constraintParams },
  prepare: 'derivative',
  recurrence: ({ gamma }) => ({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, ...smoothMinimum(gamma) }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
