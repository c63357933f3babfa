import type * as tf from '@tensorflow/tfjs';
import type { Series } from '../../input/series.ts';
import { loadTf } from '../tfjs/load.ts';
import { rowsAt } from '../tfjs/rows-at.ts';

// The cost of an alignment that was found elsewhere: the sum of ||x_i - y_j||^2 over its cells i, j, i, j, ...

/** The cost of a path. */
export function squaredAlong({ data: x, d }: Series, { data: y }: Series, path: Int32Array): number {
  let sum = 0;
  for (let at = 0; at < path.length; at += 2) {
    const [a, b] = [path[at] * d, path[at + 1] * d];
    for (let k = 0; k < d; k++) sum += (x[a + k] - y[b + k]) ** 2;
  }
  return sum;
}

/** `scale` times the gradient of the cost of a path. */
export function squaredAlongAdjoint(
  { data: x, d }: Series,
  { data: y }: Series,
  path: Int32Array,
  scale: number,
): { s1: Float64Array; s2: Float64Array } {
  const gradient = { s1: new Float64Array(x.length), s2: new Float64Array(y.length) };
  for (let at = 0; at < path.length; at += 2) {
    const [a, b] = [path[at] * d, path[at + 1] * d];
    for (let k = 0; k < d; k++) {
      const slope = 2 * scale * (x[a + k] - y[b + k]);
      gradient.s1[a + k] += slope;
      gradient.s2[b + k] -= slope;
    }
  }
  return gradient;
}

/** The cost of a path on the tape, from series of shapes (n, d) and (m, d). */
export function tensorAlong(s1: tf.Tensor2D, s2: tf.Tensor2D, path: Int32Array): tf.Scalar {
  const tf = loadTf();
  const steps = (parity: number) => path.filter((_, at) => at % 2 === parity);
  return tf.sum(tf.square(tf.sub(rowsAt(s1, steps(0)), rowsAt(s2, steps(1))))) as tf.Scalar;
}

/** A tensor (n, d) as a series, off the tape: it is used to find a path, and no gradient flows through that. */
export function offTape(x: tf.Tensor2D): Series {
  const [n, d] = x.shape;
  return { data: Float64Array.from(x.dataSync()), n, d, sz: n, ndim: 2 };
}

/** A number on the tape of two tensors, with a gradient of 0. */
export const constantOnTape = (value: number, s1: tf.Tensor2D, s2: tf.Tensor2D): tf.Scalar => {
  const tf = loadTf();
  return tf.add(value, tf.mul(0, tf.add(tf.sum(s1), tf.sum(s2))));
};
