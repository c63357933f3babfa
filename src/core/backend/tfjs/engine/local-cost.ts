import type * as tf from '@tensorflow/tfjs';
import type { Local } from '../../../kernels/index.ts';
import { loadTf } from '../load.ts';

/** The local costs (n, m) of series of shapes (n, d) and (m, d), on the tape. Differences first: expanding squares would cancel. */
export function localCosts(local: Local, s1: tf.Tensor2D, s2: tf.Tensor2D): tf.Tensor2D {
  const tf = loadTf();
  const differences = () => s1.expandDims(1).sub(s2.expandDims(0));
  const squares = () => differences().square().sum(2) as tf.Tensor2D;
  switch (local.cost) {
    case 'sqeuclidean':
      return squares();
    case 'euclidean':
      return root(squares());
    case 'cityblock':
      return differences().abs().sum(2) as tf.Tensor2D;
    case 'minkowski': {
      const total = differences().abs().pow(local.p).sum(2) as tf.Tensor2D;
      return power(total, 1 / local.p);
    }
    case 'cosine': {
      const lengths = (s: tf.Tensor2D) => s.square().sum(1, true).sqrt();
      return tf.sub(1, tf.matMul(s1.div(lengths(s1)), s2.div(lengths(s2)), false, true)) as tf.Tensor2D;
    }
    case 'gak': {
      const u = squares().div(2 * local.sigma ** 2);
      return u.add(tf.log1p(tf.neg(tf.expm1(tf.neg(u))))) as tf.Tensor2D;
    }
  }
}

/** The square root with gradient 0 at 0, where tf.sqrt's would be Infinity and make NaN of every zero it meets. */
export const root = <T extends tf.Tensor>(x: T): T => power(x, 0.5);

/** x ** p for x >= 0 and 0 < p <= 1, with gradient 0 at 0. */
function power<T extends tf.Tensor>(x: T, p: number): T {
  const tf = loadTf();
  const operation = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [input, save] = args as unknown as [tf.Tensor, tf.GradSaveFunc];
    save([input]);
    const slope = (at: tf.Tensor) => {
      const positive = tf.greater(at, 0);
      return tf.where(positive, tf.mul(p, tf.pow(tf.where(positive, at, 1), p - 1)), 0);
    };
    const value = p === 0.5 ? tf.sqrt(input) : tf.pow(input, p);
    return { value, gradFunc: (dy: tf.Tensor, [at]: tf.Tensor[]) => tf.mul(dy, slope(at as tf.Tensor)) };
  });
  return operation(x) as T;
}
