import type * as tf from '@tensorflow/tfjs';
import type { Band, Poll, Recurrence } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import type { MoveTensors } from './move-tensors.ts';
import { skewed } from './skew.ts';
import { type Reduce, smallest, smoothing, softmin } from './smallest.ts';

/**
 * The anti-diagonals of R, of a single pair, bordered by a row and a column in front: line k has shape (n + 1,) and cell (i-1, k-i-1) at i.
 *
 * Every step is a few vector operations on a whole diagonal, so the tape that autodiff follows has n + m entries, not n m.
 * The last line holds the value at n.
 */
export function wavefront(
  moves: MoveTensors,
  recurrence: Recurrence,
  band: Band | undefined,
  poll: Poll,
): tf.Tensor1D[] {
  const tf = loadTf();
  const [n, m] = moves.diagonal.shape as [number, number];
  const reduce = combine(recurrence);
  const lines = (cost: tf.Tensor) => tf.unstack(skewed(cost as tf.Tensor2D, band, poll)) as tf.Tensor1D[];
  const diagonalCosts = lines(moves.diagonal);
  const upCosts = moves.up === moves.diagonal ? diagonalCosts : lines(moves.up);
  const leftCosts = moves.left === moves.up ? upCosts : lines(moves.left);
  const outside = tf.fill([n + 1], Infinity) as tf.Tensor1D;
  const { border } = moves;
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
    left = border ? tf.where(edgeMask(n, m, k), edge(border, outside, k), cells) : cells;
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

function combine(recurrence: Recurrence): Combine {
  const tf = loadTf();
  const reduce: Reduce = recurrence.reduce === 'softmin' ? softmin(smoothing(recurrence.gamma)) : smallest;
  // tf.maximum gives the gradient of a tie to its first argument, so the first of the largest cells gets it.
  if (recurrence.reduce === 'minimax') return (d, u, l, cost) => tf.maximum(reduce(d, u, l), cost);
  return (d, u, l, dCost, uCost, lCost) => {
    // One addition instead of three if all moves cost the same.
    if (dCost === uCost && uCost === lCost) return tf.add(dCost, reduce(d, u, l));
    return reduce(tf.add(d, dCost), tf.add(u, uCost), tf.add(l, lCost));
  };
}

/** Line k of the border: R[-1, k-1] at 0 and R[k-1, -1] at k. */
function edge(border: NonNullable<MoveTensors['border']>, outside: tf.Tensor1D, k: number): tf.Tensor1D {
  const { left, above } = border as Record<'left' | 'above', tf.Tensor1D>;
  const [n, m] = [left.shape[0], above.shape[0]];
  const first = k <= m ? above.slice(k - 1, 1) : outside.slice(0, 1);
  if (k > n) return loadTf().concat([first, outside.slice(0, n)]);
  return loadTf().concat([first, outside.slice(0, k - 1), left.slice(k - 1, 1), outside.slice(0, n - k)]);
}

function edgeMask(n: number, m: number, k: number): tf.Tensor1D {
  const mask = new Uint8Array(n + 1);
  if (k <= m) mask[0] = 1;
  if (k <= n) mask[k] = 1;
  return loadTf().tensor1d(mask, 'bool');
}

const shifted = (x: tf.Tensor1D): tf.Tensor1D =>
  loadTf().pad(x.slice(0, x.shape[0] - 1), [[1, 0]], Infinity) as tf.Tensor1D;

/** The last cell of the last line. */
export function lastOfLines(diagonals: tf.Tensor1D[]): tf.Scalar {
  const last = diagonals[diagonals.length - 1] as tf.Tensor1D;
  return last.slice(last.shape[0] - 1, 1).asScalar();
}
