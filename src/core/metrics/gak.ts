import { z } from 'zod';
import { defineMetric } from './define.ts';

// The global alignment kernel (Cuturi, 2011), in the log domain so that it neither underflows nor overflows:
//   k(x, y) = sum over paths of the product of g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2))
//   gak(x, y) = k(x, y) / sqrt(k(x, x) k(y, y)), as tslearn.metrics.gak

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
  params: { ...sigmaParam },
  recurrence: ({ sigma }) => ({ moves: { kind: 'warp', local: { cost: 'gak', sigma } }, reduce: 'softmin', gamma: 1 }),
  normalized: true,
  finish: 'exp(-x)',
  similarity: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'not negative'],
});
