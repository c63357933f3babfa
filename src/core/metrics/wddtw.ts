import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';
import { steepnessParam } from './wdtw.ts';

// Weighted derivative dynamic time warping: wdtw of the slopes (Jeong, Jeong and Omitaomu, 2011); see wdtw.ts and ddtw.ts.

/** wddtw(s1, s2, { g }): squared units of the slopes. Both series need 3 steps; paths index the slopes. */
export const wddtw = defineMetric({
  name: 'wddtw',
  title: 'Weighted derivative dynamic time warping',
  summary: 'Weighted dynamic time warping of the slopes of the series, which need at least 3 steps. Squared units.',
  formula: "wdtw(x', y'), x'_i = ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2",
  source: 'aeon.distances.wddtw_distance; Jeong, Jeong and Omitaomu, 2011',
  params: { ...steepnessParam, ...softParam, ...constraintParams },
  prepare: 'derivative',
  recurrence: ({ g, gamma }) => ({
    moves: { kind: 'warp', local: { cost: 'sqeuclidean' }, g },
    ...smoothMinimum(gamma),
  }),
  gives: ['grad', 'path'],
  laws: hardLaws,
});
