import type * as tf from '@tensorflow/tfjs';
import type { MetricFunction, MetricRecord } from '../../src/core/index.ts';
import type { Numbers } from './close-to.ts';

/** The pair that tests of lists and tensors share. */
export const s1 = [1, 2, 3];
export const s2 = [3, 4, -3];

/** A metric's value and gradients for it. */
export interface Known {
  readonly value: number;
  readonly gradient: { readonly s1: readonly number[]; readonly s2: readonly number[] };
}

export type Metric = MetricFunction<{ compute_with_backend?: boolean }> & { readonly record: MetricRecord };

/** What float32 is exact to, for numbers like these. */
export const float32 = { absolute: 1e-4 };

/** A series as rows of one value. */
export const rows = (s: readonly number[]): number[][] => s.map((x) => [x]);

export const numbersOf = (tensor: tf.Tensor): Numbers => tensor.arraySync() as Numbers;
