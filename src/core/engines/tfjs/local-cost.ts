import type * as tf from '@tensorflow/tfjs';
import type { Local } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import { exponential, magnitude, magnitudePower, root } from './powers.ts';
import { withGradient } from './with-gradient.ts';

/** Differences of a block of rows: tensors of limited size, so that no single operation takes long. */
const NUMBERS = 2 ** 18;

/**
 * The local costs (..., n, m) of series of shapes (..., n, d) and (..., m, d), on the tape. Leading dimensions are pairs. Differences first: expanding
 * squares would cancel.
 */
export function localCosts(local: Local, s1: tf.Tensor, s2: tf.Tensor): tf.Tensor {
  const [n, d] = s1.shape.slice(-2) as [number, number];
  const lead = s1.shape.slice(0, -2);
  const width = Math.max(1, lead.reduce((product, length) => product * length, s2.shape.at(-2) as number) * d);
  const rows = Math.max(1, Math.floor(NUMBERS / width));
  if (rows >= n || local.cost === 'precomputed') return costs(local, s1, s2);
  const blocks = Array.from({ length: Math.ceil(n / rows) }, (_, k) => {
    const begin = [...lead.map(() => 0), k * rows, 0];
    return costs(local, loadTf().slice(s1, begin, [...lead, Math.min(rows, n - k * rows), d]), s2);
  });
  return loadTf().concat(blocks, -2);
}

function costs(local: Local, s1: tf.Tensor, s2: tf.Tensor): tf.Tensor {
  const tf = loadTf();
  const squares = () => overChannels(tf.square(differences(s1, s2)));
  switch (local.cost) {
    case 'sqeuclidean':
      return squares();
    case 'euclidean':
      return root(squares());
    case 'cityblock':
      return overChannels(magnitude(differences(s1, s2)));
    case 'chebyshev': {
      const sizes = magnitude(differences(s1, s2));
      return overChannels(tf.mul(sizes, firstLargest(sizes)));
    }
    case 'minkowski':
      return minkowski(differences(s1, s2), local.p);
    case 'cosine': {
      // A step of zeros gets an extra direction of its own, so that it equals another step of zeros and differs from all others.
      const unit = (s: tf.Tensor) => {
        const norm = root(tf.sum(tf.square(s), -1, true));
        const some = tf.sign(norm);
        const zero = tf.sub(1, some);
        // Multiplied by `some`, so that a step of zeros has no gradient.
        return tf.concat([tf.div(tf.mul(s, some), tf.add(norm, zero)), zero], -1);
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

/** (sum_k |x_k|^p)^(1/p) over the channels of (..., d, n, m), in units of the largest |x_k| of each cell: float32 has no room for many powers. */
function minkowski(x: tf.Tensor, p: number): tf.Tensor {
  const { mul, abs } = loadTf();
  if (x.shape.at(-3) === 1) return overChannels(magnitude(x));
  const size = abs(x);
  const most = overChannels(mul(size, firstLargest(size))).dataSync();
  const largest = loadTf().tensor(most, [...x.shape.slice(0, -3), ...x.shape.slice(-2)]); // off the tape
  const scaled = mul(x, inverses(most, x.shape));
  return mul(root(overChannels(magnitudePower(scaled, p)), p), largest);
}

/** 1 / x of a value of each cell, or 1 for 0, for each of its channels. */
function inverses(x: tf.TypedArray, shape: readonly number[]): tf.Tensor {
  const [d, n, m] = shape.slice(-3) as [number, number, number];
  const size = n * m;
  const all = new Float32Array(d * x.length);
  for (let at = 0; at < all.length; at++) {
    const pair = Math.floor(at / (d * size));
    all[at] = 1 / (x[pair * size + (at % size)] || 1);
  }
  return loadTf().tensor(all, [...shape]);
}

/**
 * x_i - y_j of each channel, (..., d, n, m), as products with ones: x_i 1 + 1 (-y_j), which rounds as a difference does. The JavaScript engine
 * multiplies matrices many times faster than it broadcasts, and the gradient is a product as well.
 */
function differences(s1: tf.Tensor, s2: tf.Tensor): tf.Tensor {
  const tf = loadTf();
  const x = byChannel(s1).expandDims(-1);
  const y = byChannel(s2).expandDims(-2);
  return tf.matMul(tf.concat([x, tf.ones(x.shape)], -1), tf.concat([tf.ones(y.shape), tf.neg(y)], -2));
}

/** (..., n, d) as (..., d, n). */
function byChannel(s: tf.Tensor): tf.Tensor {
  const last = s.rank - 1;
  if (s.shape[last] === 1) return s.reshape([...s.shape.slice(0, -2), 1, s.shape[last - 1] as number]);
  return loadTf().transpose(s, [...s.shape.slice(0, -2).keys(), last, last - 1]);
}

/** The sum over the channels of (..., d, n, m): a product with ones, too. */
function overChannels(x: tf.Tensor): tf.Tensor {
  const [d, n, m] = x.shape.slice(-3) as [number, number, number];
  const lead = x.shape.slice(0, -3);
  if (d === 1) return x.reshape([...lead, n, m]);
  const { ones, matMul } = loadTf();
  return matMul(ones([...lead, 1, d]), x.reshape([...lead, d, n * m])).reshape([...lead, n, m]);
}

/** exp(x) - 1. */
const lessOne = (x: tf.Tensor): tf.Tensor =>
  withGradient(x, loadTf().expm1, (dy, at) => loadTf().mul(dy, exponential(at)));

/** Among the channels of (..., d, n, m), 1 at the first of the largest elements, else 0. Off the tape: tfjs has no gradient for comparisons. */
function firstLargest(x: tf.Tensor): tf.Tensor {
  const [d, n, m] = x.shape.slice(-3) as [number, number, number];
  const values = x.dataSync();
  const mask = new Float32Array(values.length);
  const size = n * m;
  for (let pair = 0; pair < values.length; pair += d * size) {
    for (let cell = pair; cell < pair + size; cell++) {
      let most = cell;
      for (let at = cell + size; at < cell + d * size; at += size) if (values[at] > values[most]) most = at;
      mask[most] = 1;
    }
  }
  return loadTf().tensor(mask, x.shape);
}
