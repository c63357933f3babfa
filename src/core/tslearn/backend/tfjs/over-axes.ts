import type * as tf from '@tensorflow/tfjs';
import type { Tf } from '../../../engines/tfjs/load.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import { axesOf, keptShape, leftShape } from '../dimensions.ts';
import type { OverAxes, WholeOptions } from '../operation.ts';
import type { ReduceOptions } from '../options.ts';
import { asarray } from './creation.ts';
import { tidily } from './tensors.ts';

/** Reduces axes of a tensor, regardless of whether they stay with length 1. */
export type Reduce<O> = (tf: Tf, x: tf.Tensor, axes: number[], options: Partial<O>) => tf.Tensor;

/** Wraps a reduction of tensors: lists in, intermediate tensors freed. */
export function overAxes<O extends ReduceOptions = ReduceOptions>(
  reduce: Reduce<O>,
): OverAxes<tf.Tensor, tf.Scalar, O> {
  function call(x: ArrayLike, options?: WholeOptions): tf.Scalar;
  function call(x: ArrayLike, options: O): tf.Tensor;
  function call(x: ArrayLike, options: O | WholeOptions = {}): tf.Tensor {
    return tidily((tf) => {
      const array = asarray(x);
      const axes = axesOf(options.axis, array.rank);
      const shape = options.keepdims ? keptShape(array.shape, axes) : leftShape(array.shape, axes);
      return tf.reshape(reduce(tf, array, axes, options as Partial<O>), shape);
    });
  }
  return call;
}
