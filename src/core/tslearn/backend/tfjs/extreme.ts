import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';
import { withGradient } from '../../../engines/tfjs/with-gradient.ts';
import { keptShape } from '../dimensions.ts';

/**
 * The largest or smallest elements along axes. If several are equal, each gets an equal share of the gradient, as in
 * PyTorch; the tape would give all of it to each of them.
 */
export function extreme(which: 'max' | 'min', given: tf.Tensor, axes: number[]): tf.Tensor {
  const tf = loadTf();
  if (axes.some((axis) => given.shape[axis] === 0)) throw new RangeError(`${which} of an empty array`);
  const x = given.dtype === 'bool' ? tf.cast(given, 'int32') : given;
  const kept = keptShape(x.shape, axes);
  return withGradient(
    x,
    (at) => tf[which](at, axes),
    (dy, at) => {
      const winners = tf.cast(tf.equal(at, tf[which](at, axes, true)), 'float32');
      return tf.mul(tf.reshape(dy, kept), tf.div(winners, tf.sum(winners, axes, true)));
    },
  );
}
