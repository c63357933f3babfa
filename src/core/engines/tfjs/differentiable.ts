import type * as tf from '@tensorflow/tfjs';
import { isTensor } from '../../input/arrays/kinds.ts';
import type { Series } from '../../input/series.ts';
import type { Problem } from '../../metric/problem.ts';
import { loadTf } from './load.ts';
import { tensorValue } from './value.ts';

/**
 * The value of a problem as a scalar tensor, differentiable with respect to the inputs that are tensors.
 *
 * @param s1 what the problem's first series was read from
 * @param s2 what its second series was read from
 */
export const differentiable = (problem: Problem, s1: unknown, s2: unknown): tf.Scalar =>
  loadTf().tidy(() => tensorValue(problem, tensorOf(s1, problem.s1), tensorOf(s2, problem.s2), () => {}));

/** A series as a (n, d) tensor; a tensor stays on the tape, its trailing missing steps sliced off. */
function tensorOf(given: unknown, { data, n, d, sz }: Series): tf.Tensor2D {
  const tf = loadTf();
  if (!isTensor(given)) return tf.tensor2d(Float32Array.from(data), [n, d]);
  const rows = tf.reshape(tf.cast(given, 'float32'), [sz, d]) as tf.Tensor2D;
  return n === sz ? rows : tf.slice2d(rows, [0, 0], [n, d]);
}
