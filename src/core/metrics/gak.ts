import { z } from 'zod';
import { defineMetric } from './define.ts';

/** The bandwidth of the local kernel. */
export const sigmaParam = {
  sigma: z
    .number()
    .positive()
    .default(1)
    .meta({ description: 'Bandwidth of the local Gaussian kernel, in the units of the series.' }),
};

/** gak(s1, s2, { sigma }): a similarity from 0 to 1; it is 1 for equal series. */
export const gak = defineMetric({
  name: 'gak',
  title: 'Global alignment kernel',
  summary: 'A similarity from 0 to 1 that sums over all alignments, normalized so that it is 1 for equal series.',
  formula: 'k(x, y) / sqrt(k(x, x) k(y, y)), k = sum_path prod g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2))',
  source: 'tslearn.metrics.gak; Cuturi, 2011',
  definition: [
    'g(i,j) = exp(-||x_i - y_j||^2 / (2 sigma^2))',
    'K[i,j] = g(i,j) / (2 - g(i,j)) * (K[i-1,j-1] + K[i-1,j] + K[i,j-1])',
    'K[0,0] = 1, K[i,0] = K[0,j] = 0 for i, j > 0; k(x, y) = K[n,m]',
    'gak(x, y) = k(x, y) / sqrt(k(x, x) k(y, y)), from 0 to 1 (computed from logarithms: nothing over- or underflows on the way, and only values below 1e-38 become 0 in float32)',
  ],
  example: {
    s1: [0, 1],
    s2: [0],
    steps: [
      'g of steps that are 1 apart: exp(-1^2 / (2 * 1^2)) = 0.6065306597',
      'k(x, y) along (1,1), (2,1): 1 * 0.6065306597 / (2 - 0.6065306597) = 0.4352665984',
      'k(x, x) over three paths: 1 + 2 * 0.4352665984 = 1.8705331968',
      'value, k(y, y) being 1: 0.4352665984 / sqrt(1.8705331968 * 1) = 0.3182530917',
    ],
    value: 0.3182530917,
  },
  params: { ...sigmaParam },
  recurrence: ({ sigma }) => ({ moves: { kind: 'warp', local: { cost: 'gak', sigma } }, reduce: 'softmin', gamma: 1 }),
  normalized: true,
  finish: 'exp(-x)',
  similarity: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'not negative'],
});
