import { defineMetric } from './define.ts';
import { sigmaParam } from './gak.ts';

/** unnormalizedGak(s1, s2, { sigma }): the sum of the products over all alignments. */
export const unnormalizedGak = defineMetric({
  name: 'unnormalized-gak',
  title: 'Unnormalized global alignment kernel',
  summary:
    'The global alignment kernel without normalization: a sum over all alignments, which grows with their number.',
  formula: 'k(x, y) = sum_path prod g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2))',
  source: 'tslearn.metrics.unnormalized_gak; Cuturi, 2011',
  definition: [
    'g(i,j) = exp(-||x_i - y_j||^2 / (2 sigma^2))',
    'K[i,j] = g(i,j) / (2 - g(i,j)) * (K[i-1,j-1] + K[i-1,j] + K[i,j-1])',
    'K[0,0] = 1, K[i,0] = K[0,j] = 0 for i, j > 0; k(x, y) = K[n,m]',
  ],
  example: {
    s1: [0, 1],
    s2: [0],
    steps: [
      'g of steps that are 1 apart: exp(-1^2 / (2 * 1^2)) = 0.6065306597',
      'along (1,1), (2,1): 1 * 0.6065306597 / (2 - 0.6065306597) = 0.4352665984',
    ],
    value: 0.4352665984,
  },
  params: { ...sigmaParam },
  recurrence: ({ sigma }) => ({ moves: { kind: 'warp', local: { cost: 'gak', sigma } }, reduce: 'softmin', gamma: 1 }),
  finish: 'exp(-x)',
  whenOutOfRange: 'use gak, the same kernel divided by sqrt(k(x, x) k(y, y)): it is always between 0 and 1',
  similarity: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'not negative'],
});
