import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../kernels/index.ts';
import type { DirectProblem, Finish, Problem, RecurrenceProblem } from '../../metric/problem.ts';
import { numpyEngine } from '../numpy/engine.ts';
import { kernelOperation } from './kernel-operation.ts';
import { lastCell } from './last-cell.ts';
import { loadTf } from './load.ts';
import { moveTensors } from './move-tensors.ts';
import { exponential, root } from './powers.ts';
import { prepared } from './prepare.ts';

/** The metric's value as a scalar on the tape, from series of shapes (n, d) and (m, d). */
export function tensorValue(
  problem: Problem,
  s1: tf.Tensor2D,
  s2: tf.Tensor2D,
  poll: Poll,
  gamma?: tf.Scalar,
): tf.Scalar {
  if (!problem.compute_with_backend) return kernelValue(problem, s1, s2, poll);
  if (problem.kind === 'direct') return directValue(problem, s1, s2, poll);
  return recurrenceValues(problem, s1, s2, poll, gamma) as tf.Scalar;
}

/** The values (...) of as many pairs, from series of shapes (..., n, d) and (..., m, d). Of the problem, its series are not looked at. */
export function recurrenceValues(
  problem: RecurrenceProblem,
  s1: tf.Tensor,
  s2: tf.Tensor,
  poll: Poll,
  gamma?: tf.Tensor,
): tf.Tensor {
  const tf = loadTf();
  const x = prepared(problem.prepare, s1, 's1');
  const y = prepared(problem.prepare, s2, 's2');
  const value = (a: tf.Tensor, b: tf.Tensor) => whole(problem, a, b, poll, gamma);
  const raw = value(x, y);
  if (!problem.normalized) return finished(problem.finish, raw);
  const self = tf.add(value(x, x), value(y, y));
  return finished(problem.finish, tf.sub(raw, tf.div(self, 2)));
}

function whole(
  { recurrence, perChannel, bandOf }: RecurrenceProblem,
  x: tf.Tensor,
  y: tf.Tensor,
  poll: Poll,
  gamma: tf.Tensor | undefined,
): tf.Tensor {
  const tf = loadTf();
  const single = (a: tf.Tensor, b: tf.Tensor) => {
    const moves = moveTensors(recurrence.moves, a, b);
    const [n, m] = moves.diagonal.shape.slice(-2) as [number, number];
    return lastCell(moves, recurrence, bandOf(n, m), poll, gamma);
  };
  const last = x.rank - 1;
  if (!perChannel || x.shape[last] === 1) return single(x, y);
  const channels = (s: tf.Tensor) => tf.split(s, s.shape[last] as number, last);
  const others = channels(y);
  return tf.addN(channels(x).map((channel, k) => single(channel, others[k] as tf.Tensor)));
}

function directValue({ direct }: DirectProblem, s1: tf.Tensor2D, s2: tf.Tensor2D, poll: Poll): tf.Scalar {
  poll();
  if (direct.tensorValue === undefined) throw new RangeError('this metric has no value on the tape');
  return direct.tensorValue(s1, s2, poll);
}

function finished(finish: Finish | undefined, value: tf.Tensor): tf.Tensor {
  const tf = loadTf();
  if (finish === undefined) return value;
  if (finish === 'sqrt') return root(value);
  return finish === 'exp(-x)' ? exponential(tf.neg(value)) : tf.div(value, finish.divideBy);
}

/** The float64 kernels as one differentiable operation: their value, and their gradient in the backward pass. */
function kernelValue(problem: Problem, s1: tf.Tensor2D, s2: tf.Tensor2D, poll: Poll): tf.Scalar {
  const operation = kernelOperation(s1, s2, (x, y) => {
    const pair = { ...problem, s1: { ...problem.s1, data: x }, s2: { ...problem.s2, data: y } };
    const { value, gradient } = numpyEngine.solve(pair, { grad: 'series' }, poll);
    // Inputs without a gradient are constants.
    return {
      value: loadTf().scalar(value),
      s1: gradient?.s1 ?? new Float64Array(x.length),
      s2: gradient?.s2 ?? new Float64Array(y.length),
    };
  });
  return operation as tf.Scalar;
}
