import type * as tf from '@tensorflow/tfjs';
import type { Band, Poll } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import { withGradient } from './with-gradient.ts';

/** Numbers moved between two polls: about a millisecond. */
const NUMBERS = 100_000;

/**
 * The anti-diagonals of a matrix (n, m) with a row and a column in front of it: line k of the result, (n + m + 1, n + 1), has cell (i-1, k-i-1)
 * at i. The row and the column are Infinity, and so is everything outside the matrix or the band.
 */
export function skewed(cost: tf.Tensor2D, band: Band | undefined, poll: Poll): tf.Tensor2D {
  const [n, m] = cost.shape;
  const toLines = (x: tf.Tensor, outside: number) => {
    const lines = new Float32Array((n + m + 1) * (n + 1)).fill(outside);
    forEachRun(x.dataSync() as Float32Array, lines, copyToLine);
    return loadTf().tensor2d(lines, [n + m + 1, n + 1]);
  };
  const toRows = (x: tf.Tensor) => {
    const rows = new Float32Array(n * m);
    forEachRun(rows, x.dataSync() as Float32Array, copyToRow);
    return loadTf().tensor2d(rows, [n, m]);
  };
  // Each is the gradient of the other; cells outside have none.
  const straight = (x: tf.Tensor): tf.Tensor => withGradient(x, toRows, skewAgain);
  const skewAgain = (x: tf.Tensor): tf.Tensor => withGradient(x, (at) => toLines(at, 0), straight);
  return withGradient(cost, (at) => toLines(at, Infinity), straight) as tf.Tensor2D;

  function forEachRun(rows: Float32Array, lines: Float32Array, copy: Copy): void {
    const pollEvery = Math.ceil(NUMBERS / m);
    for (let i = 0; i < n; i++) {
      if (i % pollEvery === 0) poll();
      const lo = band ? band.lo[i] : 0;
      const hi = band ? band.hi[i] : m - 1;
      // Cell (i, j) is on line i + j + 2, at i + 1.
      copy(rows, i * m + lo, lines, (i + lo + 2) * (n + 1) + i + 1, n + 1, hi - lo + 1);
    }
  }
}

/** Copies `count` cells of a row: they are adjacent there, and `stride` apart in the lines. */
type Copy = (rows: Float32Array, at: number, lines: Float32Array, place: number, stride: number, count: number) => void;

const copyToLine: Copy = (rows, at, lines, place, stride, count) => {
  for (let k = 0; k < count; k++) lines[place + k * stride] = rows[at + k];
};

const copyToRow: Copy = (rows, at, lines, place, stride, count) => {
  for (let k = 0; k < count; k++) rows[at + k] = lines[place + k * stride];
};
