import type * as tf from '@tensorflow/tfjs';
import { loadTf } from './load.ts';

/**
 * Some rows of a matrix, in any order and as often as wanted; on the tape as often as it is differentiated. tf.gather alone would do, but its gradient looks through
 * all rows that were taken for each row of the matrix: for a path of a thousand steps, a thousand times as much work.
 *
 * @param x shape (n, d)
 * @param rows each below n
 */
export function rowsAt(x: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  const tf = loadTf();
  const taken = tf.customGrad((given) => ({
    value: tf.gather(given as tf.Tensor2D, tf.tensor1d(rows, 'int32')),
    gradFunc: (dy: tf.Tensor) => summedAt(dy as tf.Tensor2D, rows, x.shape[0]),
  }));
  return taken(x) as tf.Tensor2D;
}

/** The other way round: n rows, each the sum of those that belong there. */
function summedAt(y: tf.Tensor2D, rows: Int32Array, n: number): tf.Tensor2D {
  const tf = loadTf();
  const summed = tf.customGrad((given) => ({
    value: tf.scatterND(tf.tensor2d(rows, [rows.length, 1], 'int32'), given as tf.Tensor2D, [n, y.shape[1]]),
    gradFunc: (dy: tf.Tensor) => rowsAt(dy as tf.Tensor2D, rows),
  }));
  return summed(y) as tf.Tensor2D;
}
