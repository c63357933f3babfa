import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';
import { exponential } from './powers.ts';

/** Reduces three vectors to one, element by element. */
export type Reduce = (diagonal: tf.Tensor1D, up: tf.Tensor1D, left: tf.Tensor1D) => tf.Tensor1D;

/** The minimum. Its gradient goes to one input; ties go diagonal, up, left. */
export const smallest: Reduce = (...inputs) => {
  const tf = loadTf();
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [a, b, c, save] = args as unknown as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    save([a, b, c]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => firstSmallest(saved).map((mask) => tf.mul(dy, mask));
    return { value: tf.minimum(tf.minimum(a, b), c), gradFunc };
  });
  return operation(...inputs) as tf.Tensor1D;
};

/** For each input, 1 where it is the first of the smallest. Off the tape: tfjs has no gradient for comparisons. */
function firstSmallest(inputs: tf.Tensor[]): tf.Tensor[] {
  const [a, b, c] = inputs.map((x) => x.dataSync()) as [Float32Array, Float32Array, Float32Array];
  const masks = [new Float32Array(a.length), new Float32Array(a.length), new Float32Array(a.length)] as const;
  for (let i = 0; i < a.length; i++) {
    const first = a[i] <= b[i] && a[i] <= c[i] ? 0 : b[i] <= c[i] ? 1 : 2;
    masks[first][i] = 1;
  }
  return masks.map((mask) => loadTf().tensor1d(mask));
}

/** The smallest float32 that no engine flushes to 0. */
export const smoothing = (gamma: number): number => Math.max(gamma, 2 ** -126);

/** -gamma log sum exp(-x / gamma): Infinity where all three are, with gradients of any order that are never NaN. */
export function softmin(gamma: number): Reduce {
  const tf = loadTf();
  const operation: (...inputs: tf.Tensor[]) => tf.Tensor = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [a, b, c, save] = args as unknown as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    save([a, b, c]);
    const least = smallest(a, b, c);
    const reachable = tf.isFinite(least);
    const base = tf.where(reachable, least, 0);
    const term = (x: tf.Tensor1D) => tf.exp(tf.div(tf.sub(base, x), gamma));
    const sum = tf.where(reachable, tf.add(tf.add(term(a), term(b)), term(c)), 1);
    const value = tf.where(reachable, tf.sub(base, tf.mul(tf.log(sum), gamma)), Infinity);
    const gradFunc = (dy: tf.Tensor, inputs: tf.Tensor[]) => {
      // Recomputed, on the tape: a saved result would count as a constant in the gradient of this gradient.
      const out = operation(...inputs);
      return inputs.map((x) => {
        const inside = finite(x);
        const exponent = tf.where(inside, tf.div(tf.sub(out, x), gamma), 0);
        return tf.where(inside, tf.mul(dy, exponential(exponent)), 0);
      });
    };
    return { value, gradFunc };
  });
  return (...inputs) => operation(...inputs) as tf.Tensor1D;
}

/** Where x is finite, off the tape: tfjs has no gradient for comparisons. */
function finite(x: tf.Tensor): tf.Tensor {
  const mask = Uint8Array.from(x.dataSync(), (value) => Number(Number.isFinite(value)));
  return loadTf().tensor(mask, x.shape, 'bool');
}
