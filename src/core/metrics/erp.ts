import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

/** erp(s1, s2, { g }): the units of the series. */
export const erp = defineMetric({
  name: 'erp',
  title: 'Edit distance with real penalty',
  summary:
    'An edit distance in which a skipped step costs its distance to a reference value. In the units of the series.',
  formula:
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j||, R[i-1,j] + ||x_i - g||, R[i,j-1] + ||y_j - g||), R[i,0] = sum_{k <= i} ||x_k - g||, R[0,j] = sum_{k <= j} ||y_k - g||',
  source: 'Chen and Ng, 2004',
  definition: [
    'gap(x_i) = ||x_i - g||, where a single number g stands for every channel',
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j||, R[i-1,j] + gap(x_i), R[i,j-1] + gap(y_j))',
    'R[0,0] = 0, R[i,0] = R[i-1,0] + gap(x_i), R[0,j] = R[0,j-1] + gap(y_j)',
    'erp(x, y) = R[n,m], in the units of the series',
  ],
  differences:
    'aeon puts the sum of all gaps of a series into every cell of the border, so its values can be larger and do not obey the triangle inequality.',
  example: {
    s1: [0.5, 3, 4, 5],
    s2: [3, 4, 5, 0.5],
    steps: ['skip 0.5, match 3, 4 and 5, skip 0.5: abs(0.5 - 0) + 0 + 0 + 0 + abs(0.5 - 0) = 1'],
    value: 1,
  },
  params: {
    g: z
      .union([z.number(), z.array(z.number()).min(1)])
      .default(0)
      .meta({
        description: "The reference value from which gaps are measured: one number, or one per channel (aeon's g_arr).",
      }),
    ...softParam,
    ...constraintParams,
  },
  recurrence: ({ g, gamma }, { d }) => ({ moves: { kind: 'erp', g: perChannel(g, d) }, ...smoothMinimum(gamma) }),
  gives: ['grad', 'path'],
  laws: [...hardLaws, 'triangle inequality when hard and without a band'],
});

function perChannel(g: number | number[], d: number): number[] {
  if (typeof g === 'number') return new Array<number>(d).fill(g);
  if (g.length === d) return g;
  throw new InvalidInput(`g has ${g.length} values, but a step has ${d}: give one number, or one for each channel`, [
    'g',
  ]);
}
