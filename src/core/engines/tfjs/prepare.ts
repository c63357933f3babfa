import type * as tf from '@tensorflow/tfjs';
import { InvalidInput } from '../../errors.ts';
import type { Prepare } from '../../metric/problem.ts';
import { loadTf } from './load.ts';

/** Series (..., n, d) as their recurrence receives them, on the tape; see `prepared` of the numpy backend. */
export function prepared(prepare: Prepare | undefined, x: tf.Tensor, name: string): tf.Tensor {
  if (prepare === undefined) return x;
  const tf = loadTf();
  const [n, d] = x.shape.slice(-2) as [number, number];
  const lead = x.shape.slice(0, -2);
  if (n < 3)
    throw new InvalidInput(
      `a derivative needs at least 3 steps, but ${name} has ${n}${d > 1 ? ` (of ${d} values each)` : ''}`,
      [name],
      'too_short',
    );
  const from = (step: number) => tf.slice(x, [...lead.map(() => 0), step, 0], [...lead, n - 2, d]);
  return tf.sub(tf.add(tf.div(from(1), 2), tf.div(from(2), 4)), tf.mul(from(0), 0.75));
}
