import { z } from 'zod';
import type { Reduction } from '../kernels/index.ts';
import type { MetricRecord } from './record.ts';

/** The soft variant of an elastic metric: its minimum over all alignments made smooth. */
export const softParam = {
  gamma: z.number().min(0).default(0).meta({
    'x-name': 'Softness',
    description: 'If positive, the soft variant: softmin(x) = -gamma log sum exp(-x / gamma) replaces the minimum.',
  }),
};

/** The minimum for gamma 0, otherwise the soft minimum. */
export const smoothMinimum = (gamma: number): Reduction =>
  gamma === 0 ? { reduce: 'min' } : { reduce: 'softmin', gamma };

/** The laws of a metric that has a soft variant. */
export const hardLaws = ['symmetric', 'zero on equal series when hard', 'not negative when hard'] as const;

/** What a metric has a gradient with respect to: both series, and its smoothing parameter. */
export function gradientBy(record: Pick<MetricRecord, 'gives' | 'smoothedBy'>): string[] {
  if (!record.gives.includes('grad')) return [];
  return ['s1', 's2', ...(record.smoothedBy ? [record.smoothedBy] : [])];
}
