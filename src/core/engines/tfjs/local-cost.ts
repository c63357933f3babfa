import type * as tf from '@tensorflow/tfjs';
import type { Local } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import { exponential, magnitude, magnitudePower, root } from './powers.ts';
import { withGradient } from './with-gradient.ts';

/** Differences of a block of rows: tensors of limited size, so that no single operation takes long. */
const NUMBERS = 2 ** 18;

/** The local costs (n, m) of series of shapes (n, d) and (m, d), on the tape. Differences first: expanding squares would cancel. */
export function localCosts(local: Local, s1: tf.Tensor2D, s2: tf.Tensor2D): tf.Tensor2D {
  const [n, d] = s1.shape;
  const rows = Math.max(1, Math.floor(NUMBERS / (s2.shape[0] * d)));
  if (rows >= n || local.cost === 'precomputed') return costs(local, s1, s2) as tf.Tensor2D;
  const blocks = Array.from({ length: Math.ceil(n / rows) }, (_, k) => {
    const block = s1.slice([k * rows, 0], [Math.min(rows, n - k * rows), d]);
    return costs(local, block, s2) as tf.Tensor2D;
  });
  return loadTf().concat(blocks);
}

function costs(local: Local, s1: tf.Tensor2D, s2: tf.Tensor2D): tf.Tensor {
  const tf = loadTf();
  const differences = () => tf.sub(s1.expandDims(1), s2.expandDims(0));
  const squares = () => tf.sum(tf.square(differences()), 2);
  switch (local.cost) {
    case 'sqeuclidean':
      return squares();
    case 'euclidean':
      return root(squares());
    case 'cityblock':
      return tf.sum(magnitude(differences()), 2);
    case 'chebyshev': {
      const sizes = magnitude(differences());
      return tf.sum(tf.mul(sizes, firstLargest(sizes)), 2);
    }
    case 'minkowski':
      return root(tf.sum(magnitudePower(differences(), local.p), 2), local.p);
    case 'cosine': {
      // A step of zeros gets an extra direction of its own, so that it equals another step of zeros and differs from all others.
      const unit = (s: tf.Tensor2D) => {
        const norm = root(tf.sum(tf.square(s), 1, true));
        const some = tf.sign(norm);
        const zero = tf.sub(1, some);
        // Multiplied by `some`, so that a step of zeros has no gradient.
        return tf.concat([tf.div(tf.mul(s, some), tf.add(norm, zero)), zero], 1) as tf.Tensor2D;
      };
      return tf.relu(tf.sub(1, tf.matMul(unit(s1), unit(s2), false, true)));
    }
    case 'precomputed':
      // s2 has no values; it is named so that the tape leads back to it.
      return tf.add(s1, tf.sum(s2));
    case 'gak': {
      const u = tf.div(squares(), 2 * local.sigma ** 2);
      return tf.add(u, tf.log1p(tf.neg(lessOne(tf.neg(u)))));
    }
  }
}

/** exp(x) - 1. */
const lessOne = (x: tf.Tensor): tf.Tensor =>
  withGradient(x, loadTf().expm1, (dy, at) => loadTf().mul(dy, exponential(at)));

/** Along the last axis, 1 at the first of the largest elements, else 0. Off the tape: tfjs has no gradient for comparisons. */
function firstLargest(x: tf.Tensor): tf.Tensor {
  const d = x.shape[x.rank - 1];
  const values = x.dataSync();
  const mask = new Float32Array(values.length);
  for (let row = 0; row < values.length; row += d) {
    let most = row;
    for (let at = row + 1; at < row + d; at++) if (values[at] > values[most]) most = at;
    mask[most] = 1;
  }
  return loadTf().tensor(mask, x.shape);
}
