import { defineMetric } from './define.ts';
import { sigmaParam } from './gak.ts';

// The global alignment kernel before normalization; see gak.ts. It grows with the number of alignments, so for long, similar series
// it overflows float64, which is an error.

/** unnormalizedGak(s1, s2, { sigma }): the sum of the products over all alignments. */
export const unnormalizedGak = defineMetric({
  name: 'unnormalized-gak',
  title: 'Unnormalized global alignment kernel',
  summary:
    'The global alignment kernel without normalization: a sum over all alignments, which grows with their number.',
  formula: 'k(x, y) = sum_path prod g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2))',
  source: 'tslearn.metrics.unnormalized_gak; Cuturi, 2011',
  params: { ...sigmaParam },
  recurrence: ({ sigma }) => ({ moves: { kind: 'warp', local: { cost: 'gak', sigma } }, reduce: 'softmin', gamma: 1 }),
  finish: 'exp(-x)',
  whenOutOfRange: 'use gak, the same kernel divided by sqrt(k(x, x) k(y, y)): it is always between 0 and 1',
  similarity: true,
  gives: ['grad'],
  serves: ['bandwidth'],
  laws: ['symmetric', 'not negative'],
});
