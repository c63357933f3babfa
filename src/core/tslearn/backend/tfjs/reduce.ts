import type * as tf from '@tensorflow/tfjs';
import type { Tf } from '../../../engines/tfjs/load.ts';
import type { AxisOptions } from '../options.ts';
import { extreme } from './extreme.ts';
import { middle } from './middle.ts';
import { overAxes } from './over-axes.ts';
import { floating } from './tensors.ts';

/** Whether all elements are true. */
export const all = overAxes((tf, x, axes) => tf.all(truth(tf, x), axes));
/** Whether an element is true. */
export const any = overAxes((tf, x, axes) => tf.any(truth(tf, x), axes));
/** The sum. */
export const sum = overAxes((tf, x, axes) => tf.sum(x, axes));
/** The mean; NaN if empty. */
export const mean = overAxes((tf, x, axes) => {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  return tf.div(tf.sum(floating(x), axes), count);
});
/** The middle element, or the mean of the two middle ones; NaN if any is. */
export const median = overAxes(middle);
/** The greatest element; NaN if any is. Equal ones share the gradient. */
export const max = overAxes((_, x, axes) => extreme('max', x, axes));
/** The least element; NaN if any is. Equal ones share the gradient. */
export const min = overAxes((_, x, axes) => extreme('min', x, axes));
/** The index of the first greatest element, or of the first NaN; int32, without a gradient. */
export const argmax = overAxes<AxisOptions>((tf, x, axes) => find(tf, x, axes, tf.argMax));
/** The index of the first least element, or of the first NaN; int32, without a gradient. */
export const argmin = overAxes<AxisOptions>((tf, x, axes) => find(tf, x, axes, tf.argMin));

const truth = (tf: Tf, x: tf.Tensor): tf.Tensor => (x.dtype === 'bool' ? x : tf.notEqual(x, tf.zerosLike(x)));

function find(tf: Tf, given: tf.Tensor, axes: number[], search: Tf['argMax']): tf.Tensor {
  const whole = axes.length === given.rank;
  const x = whole ? tf.reshape(floating(given), [-1]) : floating(given);
  const axis = whole ? 0 : axes[0];
  if (x.shape[axis] === 0) throw new RangeError('attempt to search an empty array');
  const missing = tf.isNaN(x);
  return tf.where(tf.any(missing, axis), tf.argMax(tf.cast(missing, 'int32'), axis), search(x, axis));
}
