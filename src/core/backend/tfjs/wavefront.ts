import type * as tf from '@tensorflow/tfjs';
import type { Band, Poll, Recurrence } from '../../kernels/index.ts';
import { loadTf } from './load.ts';

/**
 * The anti-diagonals of R for a matrix of local costs (n, m), each of shape (n,) with cell (i, k - i) at i.
 *
 * Every step is one vector operation over a whole diagonal, so the tape that autodiff follows has n + m entries and not n m.
 * The last one holds the value at n - 1.
 */
export function wavefront(
  cost: tf.Tensor2D,
  recurrence: Recurrence,
  band: Band | undefined,
  poll: Poll,
): tf.Tensor1D[] {
  const tf = loadTf();
  const n = cost.shape[0];
  const costs = tf.unstack(skew(band ? masked(cost, band) : cost)) as tf.Tensor1D[];
  const reduce = reduction(recurrence);
  const outside = tf.fill([n], Infinity) as tf.Tensor1D;
  const diagonals: tf.Tensor1D[] = [];
  let left = outside; // R[i, j-1]: the diagonal before, at i
  let diagonal = tf.concat([tf.tensor1d([0]), outside.slice(0, n - 1)]); // R[i-1, j-1]: two before, at i - 1
  for (const cells of costs) {
    poll();
    const up = shifted(left); // R[i-1, j]: the diagonal before, at i - 1
    left = tf.add(cells, reduce(diagonal, up, left));
    diagonals.push(left);
    diagonal = up;
  }
  return diagonals;
}

/** Row i moved i to the right, then columns for rows: line k of the result is the anti-diagonal i + j = k. */
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

type Reduce = (diagonal: tf.Tensor1D, up: tf.Tensor1D, left: tf.Tensor1D) => tf.Tensor1D;

function reduction(recurrence: Recurrence): Reduce {
  const tf = loadTf();
  if (recurrence.reduce === 'softmin') return softmin(recurrence.gamma);
  // tf.minimum gives a tie's gradient to its first argument, so ties go diagonal, up, left.
  return (diagonal, up, left) => tf.minimum(tf.minimum(diagonal, up), left);
}

/** -gamma log sum exp(-x / gamma) of three vectors: Infinity where all are, with gradients that are never NaN. */
function softmin(gamma: number): Reduce {
  const tf = loadTf();
  const apply = tf.customGrad((...args: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const [a, b, c, save] = args as unknown as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.GradSaveFunc];
    const least = tf.minimum(tf.minimum(a, b), c);
    const reachable = tf.isFinite(least);
    const base = tf.where(reachable, least, 0);
    const term = (x: tf.Tensor1D) => tf.exp(tf.div(tf.sub(base, x), gamma));
    const sum = tf.where(reachable, tf.add(tf.add(term(a), term(b)), term(c)), 1);
    const value = tf.where(reachable, tf.sub(base, tf.mul(tf.log(sum), gamma)), Infinity);
    save([a, b, c, value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const out = saved[3];
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
