import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../load.ts';

/** Three vectors into one, element by element. */
export type Reduce = (diagonal: tf.Tensor1D, up: tf.Tensor1D, left: tf.Tensor1D) => tf.Tensor1D;

/** The minimum. tf.minimum gives a tie's gradient to its first argument, so ties go diagonal, up, left. */
export const smallest: Reduce = (diagonal, up, left) => {
  const tf = loadTf();
  return tf.minimum(tf.minimum(diagonal, up), left);
};

/** -gamma log sum exp(-x / gamma): Infinity where all three are, with gradients that are never NaN. */
export function softmin(gamma: number): Reduce {
  const tf = loadTf();
  const apply = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [a, b, c, save] = args as unknown as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const least = smallest(a, b, c);
    const reachable = tf.isFinite(least);
    const base = tf.where(reachable, least, 0);
    const term = (x: tf.Tensor1D) => tf.exp(tf.div(tf.sub(base, x), gamma));
    const sum = tf.where(reachable, tf.add(tf.add(term(a), term(b)), term(c)), 1);
    const value = tf.where(reachable, tf.sub(base, tf.mul(tf.log(sum), gamma)), Infinity);
    save([a, b, c, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const out = saved[3] as tf.Tensor;
      return saved.slice(0, 3).map((x) => {
        const inside = tf.isFinite(x);
        const exponent = tf.where(inside, tf.div(tf.sub(out, x), gamma), 0);
        return tf.where(inside, tf.mul(dy, tf.exp(exponent)), 0);
      });
    };
    return { value, gradFunc };
  });
  return apply as Reduce;
}
