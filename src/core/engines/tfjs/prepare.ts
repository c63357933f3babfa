import type * as tf from '@tensorflow/tfjs';
import { InvalidInput } from '../../errors.ts';
import type { Prepare } from '../../metric/problem.ts';
import { loadTf } from './load.ts';

/** A series (n, d) as its recurrence receives it, on the tape; see `prepared` of the numpy backend. */
export function prepared(prepare: Prepare | undefined, x: tf.Tensor2D, name: string): tf.Tensor2D {
  if (prepare === undefined) return x;
  const tf = loadTf();
  const [n, d] = x.shape;
  if (n < 3)
    throw new InvalidInput(
      `a derivative needs at least 3 steps, but ${name} has ${n}${d > 1 ? ` (of ${d} values each)` : ''}`,
      [name],
      'too_short',
    );
  const from = (step: number) => tf.slice2d(x, [step, 0], [n - 2, d]);
  return tf.sub(tf.add(tf.div(from(1), 2), tf.div(from(2), 4)), tf.mul(from(0), 0.75));
}
