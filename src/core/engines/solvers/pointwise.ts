import type * as tf from '@tensorflow/tfjs';
import type { Direct, Solution } from '../../metric/problem.ts';
import { loadTf } from '../tfjs/load.ts';
import { magnitude, magnitudePower, root } from '../tfjs/powers.ts';

/** The sum of |x - y|^p over all steps and channels of two series of equal length; its p-th root if `rooted`. */
export function pointwise(p: number, rooted: boolean): Direct {
  return {
    cells: ({ n }) => n,
    solve(s1, s2, { grad }): Solution {
      const [x, y] = [s1.data, s2.data];
      let sum = 0;
      for (let at = 0; at < x.length; at++) sum += power(Math.abs(x[at] - y[at]), p);
      const value = rooted ? rootOf(sum, p) : sum;
      if (!grad) return { value };
      // The slope of the root at 0, where the series are equal, is taken to be 0.
      const slope = rooted ? (sum > 0 ? value / sum : 0) : p;
      const gradient = { s1: new Float64Array(x.length), s2: new Float64Array(x.length) };
      for (let at = 0; at < x.length; at++) {
        const difference = x[at] - y[at];
        const share = slope * Math.sign(difference) * power(Math.abs(difference), p - 1);
        gradient.s1[at] = share;
        gradient.s2[at] = -share;
      }
      return { value, gradient };
    },
    tensorValue(s1, s2) {
      const tf = loadTf();
      const sum = tf.sum(tensorPower(tf.sub(s1, s2), p)) as tf.Scalar;
      return rooted && p !== 1 ? (root(sum, p) as tf.Scalar) : sum;
    },
  };
}

function power(x: number, p: number): number {
  if (p === 2) return x * x;
  return p === 1 ? x : x ** p;
}

function rootOf(sum: number, p: number): number {
  if (p === 2) return Math.sqrt(sum);
  return p === 1 ? sum : sum ** (1 / p);
}

function tensorPower(x: tf.Tensor, p: number): tf.Tensor {
  if (p === 2) return loadTf().square(x);
  return p === 1 ? magnitude(x) : magnitudePower(x, p);
}
