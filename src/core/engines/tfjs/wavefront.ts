import type * as tf from '@tensorflow/tfjs';
import type { Band, Poll, Recurrence } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import type { MoveTensors } from './move-tensors.ts';
import { type Reduce, smallest, smoothing, softmin } from './smallest.ts';

/**
 * The anti-diagonals of R, bordered by a row and a column in front: line k has shape (n + 1,) and cell (i-1, k-i-1) at i.
 *
 * Every step is a few vector operations on a whole diagonal, so the tape that autodiff follows has n + m entries, not n m.
 * The last line holds the value at n. `gamma`: the smoothing, on the tape if the value is differentiated with respect to it.
 */
export function wavefront(
  moves: MoveTensors,
  recurrence: Recurrence,
  band: Band | undefined,
  poll: Poll,
  gamma?: tf.Scalar,
): tf.Tensor1D[] {
  const tf = loadTf();
  const [n, m] = moves.diagonal.shape;
  const reduce = combine(recurrence, gamma);
  const lines = (cost: tf.Tensor2D) => tf.unstack(skew(bordered(band ? masked(cost, band) : cost))) as tf.Tensor1D[];
  const diagonalCosts = lines(moves.diagonal);
  const upCosts = moves.up === moves.diagonal ? diagonalCosts : lines(moves.up);
  const leftCosts = moves.left === moves.up ? upCosts : lines(moves.left);
  const edge = moves.border && (tf.unstack(skew(frame(moves.border))) as tf.Tensor1D[]);
  const outside = tf.fill([n + 1], Infinity) as tf.Tensor1D;
  const origin = tf.concat([tf.tensor1d([0]), outside.slice(0, n)]) as tf.Tensor1D;
  const diagonals = [origin];
  let left = origin; // R[i, j-1]: the line before, at i
  let diagonal = outside; // R[i-1, j-1]: two lines before, at i - 1
  for (let k = 1; k <= n + m; k++) {
    poll();
    const up = shifted(left); // R[i-1, j]: the line before, at i - 1
    const cells = reduce(
      diagonal,
      up,
      left,
      diagonalCosts[k] as tf.Tensor1D,
      upCosts[k] as tf.Tensor1D,
      leftCosts[k] as tf.Tensor1D,
    );
    left = edge ? tf.where(edgeMask(n, m, k), edge[k] as tf.Tensor1D, cells) : cells;
    diagonals.push(left);
    diagonal = up;
  }
  return diagonals;
}

type Combine = (
  diagonal: tf.Tensor1D,
  up: tf.Tensor1D,
  left: tf.Tensor1D,
  diagonalCost: tf.Tensor1D,
  upCost: tf.Tensor1D,
  leftCost: tf.Tensor1D,
) => tf.Tensor1D;

function combine(recurrence: Recurrence, gamma: tf.Scalar | undefined): Combine {
  const tf = loadTf();
  const reduce: Reduce = recurrence.reduce === 'softmin' ? softmin(gamma ?? smoothing(recurrence.gamma)) : smallest;
  // tf.maximum gives the gradient of a tie to its first argument, so the first of the largest cells gets it.
  if (recurrence.reduce === 'minimax') return (d, u, l, cost) => tf.maximum(reduce(d, u, l), cost);
  return (d, u, l, dCost, uCost, lCost) => {
    // One addition instead of three if all moves cost the same.
    if (dCost === uCost && uCost === lCost) return tf.add(dCost, reduce(d, u, l));
    return reduce(tf.add(d, dCost), tf.add(u, uCost), tf.add(l, lCost));
  };
}

/** A row and a column of Infinity in front. */
const bordered = (cost: tf.Tensor2D): tf.Tensor2D =>
  loadTf().pad(
    cost,
    [
      [1, 0],
      [1, 0],
    ],
    Infinity,
  );

/** The values of the border in a matrix (n + 1, m + 1) of Infinity. */
function frame({ left, above }: { left: tf.Tensor1D; above: tf.Tensor1D }): tf.Tensor2D {
  const tf = loadTf();
  const [n, m] = [left.shape[0], above.shape[0]];
  const top = tf.concat([tf.tensor1d([0]), above]).expandDims(0);
  const inside = tf.fill([n, m], Infinity);
  return tf.concat([top, tf.concat([left.expandDims(1), inside], 1)]) as tf.Tensor2D;
}

function edgeMask(n: number, m: number, k: number): tf.Tensor1D {
  const mask = new Uint8Array(n + 1);
  if (k <= m) mask[0] = 1;
  if (k <= n) mask[k] = 1;
  return loadTf().tensor1d(mask, 'bool');
}

/** Row i shifted right by i, then transposed: line k of the result is the anti-diagonal i + j = k. */
function skew(cost: tf.Tensor2D): tf.Tensor2D {
  const tf = loadTf();
  const [n, m] = cost.shape;
  const wide = tf.pad(
    cost,
    [
      [0, 0],
      [0, n],
    ],
    Infinity,
  );
  const moved = wide.reshape([n * (n + m)]).slice(0, n * (n + m - 1));
  return moved.reshape([n, n + m - 1]).transpose() as tf.Tensor2D;
}

function masked(cost: tf.Tensor2D, { lo, hi }: Band): tf.Tensor2D {
  const tf = loadTf();
  const [n, m] = cost.shape;
  const allowed = new Uint8Array(n * m);
  for (let i = 0; i < n; i++) allowed.fill(1, i * m + lo[i], i * m + hi[i] + 1);
  return tf.where(tf.tensor2d(allowed, [n, m], 'bool'), cost, Infinity);
}

const shifted = (x: tf.Tensor1D): tf.Tensor1D =>
  loadTf().pad(x.slice(0, x.shape[0] - 1), [[1, 0]], Infinity) as tf.Tensor1D;

/** The value: the last cell of the last line. */
export function lastCell(diagonals: tf.Tensor1D[]): tf.Scalar {
  const last = diagonals[diagonals.length - 1] as tf.Tensor1D;
  return last.slice(last.shape[0] - 1, 1).asScalar();
}
