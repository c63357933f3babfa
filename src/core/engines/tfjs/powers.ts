import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';
import { withGradient } from './with-gradient.ts';

// Operations whose derivative on the tape would be infinite or one-sided at 0, where it is 0 here, or could not be differentiated.

/** exp(x), with derivatives to any order: the tape's keeps the result, which the next derivative takes for a constant. */
export function exponential(x: tf.Tensor): tf.Tensor {
  const tf = loadTf();
  return withGradient(x, tf.exp, (dy, at) => tf.mul(dy, exponential(at)));
}

/** |x|, with the derivative sign(x); the tape's is -1 at 0. */
export function magnitude(x: tf.Tensor): tf.Tensor {
  const tf = loadTf();
  if (x.dtype === 'complex64') return tf.abs(x);
  return withGradient(x, tf.abs, (dy, at) => tf.mul(dy, tf.sign(at)));
}

/** |x|^p, with the derivative p |x|^(p-1) sign(x). */
export function magnitudePower(x: tf.Tensor, p: number): tf.Tensor {
  const tf = loadTf();
  return withGradient(
    x,
    (at) => tf.pow(tf.abs(at), p),
    (dy, at) => {
      const sign = tf.sign(at);
      const away = tf.add(tf.abs(at), tf.sub(1, tf.square(sign))); // 1 where x is 0, so that no power is infinite
      return tf.mul(dy, tf.mul(tf.mul(p, tf.pow(away, p - 1)), sign));
    },
  );
}

/** The p-th root of x >= 0, with the derivative y^(1-p) / p. */
export function root(x: tf.Tensor, p = 2): tf.Tensor {
  const tf = loadTf();
  return withGradient(
    x,
    (at) => (p === 2 ? tf.sqrt(at) : tf.pow(at, 1 / p)),
    (dy, at) => {
      const y = root(at, p);
      const positive = tf.sign(y);
      const away = tf.add(y, tf.sub(1, positive)); // 1 where y is 0
      return tf.mul(dy, tf.div(positive, tf.mul(p, tf.pow(away, p - 1))));
    },
  );
}
