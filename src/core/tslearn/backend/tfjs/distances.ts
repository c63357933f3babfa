import type * as tf from '@tensorflow/tfjs';
import { loadTf, type Tf } from '../../../engines/tfjs/load.ts';
import { magnitude, magnitudePower, root } from '../../../engines/tfjs/powers.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import {
  condensedPairs,
  type DistanceName,
  requireDistance,
  requireDistanceValue,
  requireOrder,
  requireRows,
} from '../distance.ts';
import type { DistanceFunction, DistanceOptions } from '../options.ts';
import { asarray } from './creation.ts';
import { extreme } from './extreme.ts';
import { floating, tidily } from './tensors.ts';

/** Distances along the last axis of tensors that broadcast. Differences come first: expanding the square would cancel. */
const metrics: Record<DistanceName, (tf: Tf, a: tf.Tensor, b: tf.Tensor, p: number) => tf.Tensor> = {
  euclidean: (tf, a, b) => root(tf.sum(tf.square(tf.sub(a, b)), -1)),
  sqeuclidean: (tf, a, b) => tf.sum(tf.square(tf.sub(a, b)), -1),
  cityblock: (tf, a, b) => tf.sum(magnitude(tf.sub(a, b)), -1),
  chebyshev(tf, a, b) {
    const difference = magnitude(tf.sub(a, b));
    return extreme('max', difference, [difference.rank - 1]);
  },
  minkowski(tf, a, b, p) {
    if (requireOrder(p) === Infinity) return metrics.chebyshev(tf, a, b, p);
    return root(tf.sum(magnitudePower(tf.sub(a, b), p), -1), p);
  },
  cosine(tf, a, b) {
    const length = (x: tf.Tensor) => root(tf.sum(tf.square(x), -1));
    return tf.clipByValue(tf.sub(1, tf.div(tf.sum(tf.mul(a, b), -1), tf.mul(length(a), length(b)))), 0, 2);
  },
};

/** Distances between the rows of two matrices. */
export function cdist(xa: ArrayLike, xb: ArrayLike, options: DistanceOptions<tf.Tensor> = {}): tf.Tensor {
  const { metric = 'euclidean', p = 2 } = options;
  return tidily((tf) => {
    const [a, b] = [rows(xa), rows(xb)];
    requireRows(a, b);
    if (typeof metric === 'function') {
      const [left, right] = [apart(a), apart(b)];
      const pairs = left.flatMap((x) => right.map((y): [tf.Tensor, tf.Tensor] => [x, y]));
      return tf.reshape(called(metric, pairs), [left.length, right.length]);
    }
    requireDistance(metric);
    return metrics[metric](tf, tf.expandDims(a, 1), tf.expandDims(b, 0), p);
  });
}

/** Distances between the rows of one matrix, each pair once. */
export function pdist(x: ArrayLike, { metric = 'euclidean', p = 2 }: DistanceOptions<tf.Tensor> = {}): tf.Tensor {
  return tidily((tf) => {
    const a = rows(x);
    requireRows(a, a);
    const { rows: i, columns: j } = condensedPairs(a.shape[0]);
    if (typeof metric === 'function') {
      const parts = apart(a);
      return called(
        metric,
        i.map((row, pair): [tf.Tensor, tf.Tensor] => [parts[row], parts[j[pair]]]),
      );
    }
    requireDistance(metric);
    const taken = (indices: number[]) => tf.gather(a, tf.tensor1d(indices, 'int32'));
    return i.length === 0 ? tf.zeros([0]) : metrics[metric](tf, taken(i), taken(j), p);
  });
}

/** Distances between the rows of x and those of y, or of x. */
export const pairwise_distances = (
  x: ArrayLike,
  y?: ArrayLike | null,
  options?: DistanceOptions<tf.Tensor>,
): tf.Tensor => cdist(x, y ?? x, options);

/** Euclidean distances between the rows of x and those of y, or of x. */
export const pairwise_euclidean_distances = (x: ArrayLike, y?: ArrayLike | null): tf.Tensor => cdist(x, y ?? x);

const rows = (x: ArrayLike): tf.Tensor => floating(asarray(x));

const apart = (x: tf.Tensor): tf.Tensor[] => (x.shape[0] === 0 ? [] : loadTf().unstack(x));

/** Every distance is an entry on the tape, so functions are for small datasets only. */
function called(metric: DistanceFunction<tf.Tensor>, pairs: [tf.Tensor, tf.Tensor][]): tf.Tensor {
  const tf = loadTf();
  if (pairs.length === 0) return tf.zeros([0]);
  return tf.stack(pairs.map((pair) => tf.reshape(floating(asarray(requireDistanceValue(metric(...pair)))), [])));
}
