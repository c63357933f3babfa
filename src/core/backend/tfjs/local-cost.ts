import type * as tf from '@tensorflow/tfjs';
import type { LocalCostName } from '../../kernels/index.ts';

/** The local costs (n, m) of series of shapes (n, d) and (m, d), on the tape. */
export const localCosts: Record<LocalCostName, (s1: tf.Tensor2D, s2: tf.Tensor2D) => tf.Tensor2D> = {
  // Differences first: expanding ||x||^2 - 2 x y + ||y||^2 would cancel for series far from zero.
  sqeuclidean: (s1, s2) => s1.expandDims(1).sub(s2.expandDims(0)).square().sum(2) as tf.Tensor2D,
};
