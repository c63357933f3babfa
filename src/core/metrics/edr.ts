import { z } from 'zod';
import type { Series } from '../input/series.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

// Edit distance on real sequences (Chen, Özsu and Oria, 2005): the share of steps that must be edited.
//   R[i,j] = min(R[i-1,j-1] + (0 if ||x_i - y_j|| < epsilon else 1), R[i-1,j] + 1, R[i,j-1] + 1) / max(n, m), as aeon's edr_distance,
//   whose border is free

/** edr(s1, s2, { epsilon }): from 0 to 1. Piecewise constant, so it has no gradient. */
export const edr = defineMetric({
  name: 'edr',
  title: 'Edit distance on real sequences',
  summary: 'The share of steps that must be edited, from 0 to 1; steps nearer than epsilon are equal.',
  formula: 'R[i,j] = min(R[i-1,j-1] + [||x_i - y_j|| >= epsilon], R[i-1,j] + 1, R[i,j-1] + 1), / max(n, m)',
  source: 'aeon.distances.edr_distance; Chen, Özsu and Oria, 2005',
  params: {
    epsilon: z.number().min(0).nullable().default(null).meta({
      description:
        'Steps nearer than this are equal. Absent: a quarter of the larger standard deviation of the two series.',
    }),
    ...constraintParams,
  },
  recurrence: ({ epsilon }, s1, s2) => ({
    moves: { kind: 'edr', epsilon: epsilon ?? Math.max(deviation(s1), deviation(s2)) / 4 },
    reduce: 'min',
  }),
  finish: (_params, s1, s2) => ({ divideBy: Math.max(s1.n, s2.n) }),
  gives: ['path'],
  laws: ['symmetric', 'not negative'],
});

/** The standard deviation over all values (numpy's std). */
function deviation({ data }: Series): number {
  const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
  return Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
}
