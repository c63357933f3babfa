import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';

type Argument = tf.Tensor | tf.GradSaveFunc;

/**
 * forward(x) with its own gradient instead of the tape's: dx = backward(dy, x).
 *
 * `backward` uses only differentiable operations of its arguments, so that gradients of gradients exist. Only x can be
 * saved for it: the tape would take a saved result for a constant, and second derivatives would come out wrong.
 */
export function withGradient(
  x: tf.Tensor,
  forward: (x: tf.Tensor) => tf.Tensor,
  backward: (dy: tf.Tensor, x: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  const operation = loadTf().customGrad((...args: Argument[]) => {
    const [input, save] = args as [tf.Tensor, tf.GradSaveFunc];
    save([input]);
    return { value: forward(input), gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => backward(dy, saved) };
  });
  return operation(x);
}
