import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';

type Argument = tf.Tensor | tf.GradSaveFunc;

/**
 * y = forward(x) with a gradient of our own in place of the tape's: dx = backward(dy, x, y).
 * `backward` uses differentiable operations only, so that gradients of gradients exist.
 */
export function withGradient(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  backward: (dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const operation = loadTf().customGrad((...args: Argument[]) => {
    const [input, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const value = forward(input);
    save([input, value]);
    return { value, gradFunc: (dy: tf.Tensor, [saved, y]: tf.Tensor[]) => backward(dy, saved, y) };
  });
  return operation(x);
}
