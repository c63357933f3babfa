import { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import { constraintParams } from '../metric/constraints.ts';
import { hardLaws, smoothMinimum, softParam } from '../metric/smoothing.ts';
import { defineMetric } from './define.ts';

// Edit distance with real penalty (Chen and Ng, 2004): steps may be skipped at the cost of their distance to g.

/** erp(s1, s2, { g }): the units of the series. */
export const erp = defineMetric({
  name: 'erp',
  title: 'Edit distance with real penalty',
  summary:
    'An edit distance in which a skipped step costs its distance to a reference value. In the units of the series. aeon charges for the steps before the first pair as if the whole series were skipped, so its values can be larger.',
  formula:
    'R[i,j] = min(R[i-1,j-1] + ||x_i - y_j||, R[i-1,j] + ||x_i - g||, R[i,j-1] + ||y_j - g||), R[i,0] = sum_{k <= i} ||x_k - g||, R[0,j] = sum_{k <= j} ||y_k - g||',
  source: 'Chen and Ng, 2004',
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
  throw new InvalidInput(`g has ${g.length} values, but the series have ${d} channels: give one number, or ${d}`, [
    'g',
  ]);
}
