import type * as tf from '@tensorflow/tfjs';
import type { Tf } from '../../../engines/tfjs/load.ts';
import { floating } from './tensors.ts';

/** The median along axes: gathers the middle elements, so that the gradient flows to them; NaN if any is. */
export function middle(tf: Tf, x: tf.Tensor, axes: number[]): tf.Tensor {
  const others = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  const rows = x.size / Math.max(count, 1);
  if (count === 0)
    return tf.fill(
      others.map((i) => x.shape[i]),
      Number.NaN,
    );
  const values = tf.reshape(tf.transpose(floating(x), [...others, ...axes]), [rows * count]);
  const known = values.dataSync(); // read, because sorting has no gradient
  const low = new Int32Array(rows);
  const high = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const order = Array.from({ length: count }, (_, i) => row * count + i).sort((i, j) => known[i] - known[j]);
    const spoilt = order.find((i) => Number.isNaN(known[i]));
    low[row] = spoilt ?? order[(count - 1) >> 1];
    high[row] = spoilt ?? order[count >> 1];
  }
  const at = (indices: Int32Array) => tf.gather(values, tf.tensor1d(indices, 'int32'));
  return tf.mul(tf.add(at(low), at(high)), 0.5);
}
