import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../kernels/index.ts';
import type { RecurrenceProblem, Solution, Wanted } from '../../metric/problem.ts';
import { kernelOf } from './last-cell.ts';
import { moveTensors } from './move-tensors.ts';
import { prepared } from './prepare.ts';

/** The path and the alignment, from the costs of the moves as the tape has them: those that its gradient follows. */
export function align(
  { prepare, recurrence, bandOf }: RecurrenceProblem,
  s1: tf.Tensor2D,
  s2: tf.Tensor2D,
  wanted: Wanted,
  poll: Poll,
): Partial<Solution> {
  const moves = moveTensors(recurrence.moves, prepared(prepare, s1, 's1'), prepared(prepare, s2, 's2'));
  const [n, m] = moves.diagonal.shape;
  const kernel = kernelOf(moves, recurrence, bandOf(n, m), poll);
  return {
    ...(wanted.path && kernel.path && { path: kernel.path() }),
    ...(wanted.alignment && { alignment: kernel.alignment() }),
  };
}
