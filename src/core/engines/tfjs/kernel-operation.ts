import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';

type Argument = tf.Tensor | tf.GradSaveFunc;

/** Results computed off the tape: values of shape (...), and d value / d s1 and d value / d s2 of shapes (..., rest of s1) and (..., rest of s2). */
export interface Computed {
  readonly value: tf.Tensor;
  readonly s1: Float64Array;
  readonly s2: Float64Array;
}

/**
 * One differentiable operation around numbers that float64 kernels compute. Its gradient cannot be differentiated, and throws: the tape would take
 * it for a constant, and second derivatives would come out wrong.
 */
export function kernelOperation(
  s1: tf.Tensor,
  s2: tf.Tensor,
  compute: (s1: Float64Array, s2: Float64Array) => Computed,
): tf.Tensor {
  const read = (x: tf.Tensor) => Float64Array.from(x.dataSync());
  const operation = loadTf().customGrad((...args: Argument[]) => {
    const [a, b, save] = args as [tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    const computed = compute(read(a), read(b));
    save([a, b]);
    const gradFunc = (dy: tf.Tensor, [x, y]: tf.Tensor[]) => [
      times(dy, once(x, computed.s1)),
      times(dy, once(y, computed.s2)),
    ];
    return { value: computed.value, gradFunc };
  });
  return operation(s1, s2);
}

/** Multiplies a gradient, whose leading axes have the shape of the values, by one number for each value. */
const times = (dy: tf.Tensor, gradient: tf.Tensor): tf.Tensor =>
  loadTf().mul(dy.reshape([...dy.shape, ...new Array(gradient.rank - dy.rank).fill(1)]), gradient);

/** Numbers in the shape of x, derived from it off the tape. */
function once(x: tf.Tensor, numbers: Float64Array): tf.Tensor {
  const tf = loadTf();
  const operation = tf.customGrad(() => ({
    value: tf.tensor(Float32Array.from(numbers), x.shape),
    gradFunc: () => {
      throw new RangeError(
        'the gradient of the float64 kernels cannot itself be differentiated: let tfjs compute the metric (compute_with_backend: true)',
      );
    },
  }));
  return operation(x);
}
