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
  // A product of matrices: the JavaScript engine is slow at taking slices of many series, and at multiplying by one number.
  if (lead.length > 0) return tf.matMul(differences(n), x);
  const times = (step: number, factor: number) =>
    tf.mul(tf.slice(x, [step, 0], [n - 2, d]), tf.fill([n - 2, d], factor));
  return tf.sub(tf.add(times(1, 0.5), times(2, 0.25)), times(0, 0.75));
}

/** What makes derivatives of n steps, shape (1, n - 2, n). */
function differences(n: number): tf.Tensor {
  const factors = new Float32Array((n - 2) * n);
  for (let i = 0; i < n - 2; i++) factors.set([-0.75, 0.5, 0.25], i * n + i);
  return loadTf().tensor3d(factors, [1, n - 2, n]);
}
