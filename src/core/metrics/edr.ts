import { z } from 'zod';
import type { Series } from '../input/series.ts';
import { constraintParams } from '../metric/constraints.ts';
import { defineMetric } from './define.ts';

/** edr(s1, s2, { epsilon }): from 0 to 1. Piecewise constant, so it has no gradient. */
export const edr = defineMetric({
  name: 'edr',
  title: 'Edit distance on real sequences',
  summary:
    'The fraction of steps that must be edited, from 0 to 1; steps that differ by at most epsilon in every channel are equal.',
  formula:
    'R[i,j] = min(R[i-1,j-1] + [max_k |x_i,k - y_j,k| > epsilon], R[i-1,j] + 1, R[i,j-1] + 1), R[i,0] = i, R[0,j] = j; R[n,m] / max(n, m)',
  source: 'Chen, Özsu and Oria, 2005; units and default epsilon: aeon.distances.edr_distance',
  definition: [
    'epsilon: by default max(s_x, s_y) / 4, with s the standard deviation over all values of a series, divisor n d',
    'match(i,j) = 0 if |x_i,k - y_j,k| <= epsilon for every channel k, else 1',
    'R[i,j] = min(R[i-1,j-1] + match(i,j), R[i-1,j] + 1, R[i,j-1] + 1)',
    'R[i,0] = i, R[0,j] = j',
    'edr(x, y) = R[n,m] / max(n, m), from 0 to 1',
  ],
  differences:
    'aeon skips steps for free at the beginning (R[i,0] = R[0,j] = 0) and matches steps whose Euclidean distance is strictly below epsilon; its values can be smaller or larger, and equal constant series have distance 1 there.',
  example: {
    s1: [1, 2, 3, 4],
    s2: [9, 1, 2, 3],
    params: { epsilon: 0.5 },
    steps: ['skip 9, match 1, 2 and 3, skip 4: (1 + 0 + 0 + 0 + 1) / 4 = 0.5'],
    value: 0.5,
  },
  params: {
    epsilon: z.number().min(0).nullable().default(null).meta({
      description:
        'Steps that differ by at most this in every channel are equal. Default: a quarter of the larger of the two standard deviations, each over all values of a series.',
    }),
    ...constraintParams,
  },
  recurrence: ({ epsilon }, s1, s2) => ({
    moves: { kind: 'edr', epsilon: epsilon ?? Math.max(deviation(s1), deviation(s2)) / 4 },
    reduce: 'min',
  }),
  finish: (_params, s1, s2) => ({ divideBy: Math.max(s1.n, s2.n) }),
  gives: ['path'],
  laws: ['symmetric', 'zero on equal series', 'not negative'],
});

/** The standard deviation over all values (numpy's std). */
function deviation({ data }: Series): number {
  let sum = 0;
  for (let at = 0; at < data.length; at++) sum += data[at];
  const mean = sum / data.length;
  let squares = 0;
  for (let at = 0; at < data.length; at++) squares += (data[at] - mean) ** 2;
  return Math.sqrt(squares / data.length);
}
