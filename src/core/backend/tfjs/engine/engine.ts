import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../../kernels/index.ts';
import type { Series } from '../../../series.ts';
import type { Engine, Problem, Solution, Wanted } from '../../engine.ts';
import { numpyEngine } from '../../numpy/engine.ts';
import { loadTf } from '../load.ts';
import { root } from '../powers.ts';
import { type MoveTensors, moveTensors } from './moves.ts';
import { trace } from './trace.ts';
import { wavefront } from './wavefront.ts';

/** TensorFlow.js: float32 tensors, gradients by automatic differentiation. */
export const tfjsEngine: Engine = { dtype: 'float32', solve };

/** The metric's value as a scalar on the tape, from series of shapes (n, d) and (m, d). */
export function tensorValue(problem: Problem, s1: tf.Tensor2D, s2: tf.Tensor2D, poll: Poll): tf.Scalar {
  if (!problem.compute_with_backend) return kernelValue(problem, s1, s2, poll);
  const moves = moveTensors(problem.recurrence.moves, s1, s2);
  return finished(problem, lastCell(wavefront(moves, problem.recurrence, problem.band, poll)));
}

function solve(problem: Problem, wanted: Wanted, poll: Poll): Solution {
  const tf = loadTf();
  const solution: Solution = { value: Number.NaN };
  tf.tidy(() => {
    const s1 = asTensor(problem.s1);
    const s2 = asTensor(problem.s2);
    if (wanted.grad) {
      const differentiate = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) =>
        tensorValue(problem, a as tf.Tensor2D, b as tf.Tensor2D, poll),
      );
      const { value, grads } = differentiate([s1, s2]);
      solution.value = scalar(value);
      solution.gradient = { s1: Float64Array.from(grads[0].dataSync()), s2: Float64Array.from(grads[1].dataSync()) };
    } else {
      solution.value = scalar(tensorValue(problem, s1, s2, poll));
    }
    if (wanted.path || wanted.alignment) Object.assign(solution, align(problem, s1, s2, wanted, poll));
  });
  return solution;
}

/** The path and the alignment come from the table itself: the path by walking it back, the alignment as d value / d cost. */
function align(problem: Problem, s1: tf.Tensor2D, s2: tf.Tensor2D, wanted: Wanted, poll: Poll): Partial<Solution> {
  if (!problem.compute_with_backend) {
    const { path, alignment } = numpyEngine.solve(problem, { ...wanted, grad: false }, poll);
    return { ...(path && { path }), ...(alignment && { alignment }) };
  }
  const tf = loadTf();
  const { recurrence, band } = problem;
  const moves = moveTensors(recurrence.moves, s1, s2);
  const found: Partial<Solution> = {};
  if (wanted.path) {
    const [diagonal, up, left, table] = [
      moves.diagonal,
      moves.up,
      moves.left,
      tf.stack(wavefront(moves, recurrence, band, poll)),
    ];
    found.path = trace({
      table: table.dataSync() as Float32Array,
      costs:
        recurrence.reduce === 'minimax'
          ? undefined
          : [diagonal, up, left].map((cost) => cost.dataSync() as Float32Array),
      n: s1.shape[0],
      m: s2.shape[0],
    });
  }
  if (wanted.alignment) found.alignment = alignment(problem, moves, poll);
  return found;
}

/** d value / d (what is paid in a cell), over all moves that pay there. */
function alignment({ recurrence, band }: Problem, moves: MoveTensors, poll: Poll): Float64Array {
  const tf = loadTf();
  const share = tf.grad((paid: tf.Tensor) => {
    const more = (cost: tf.Tensor2D) => tf.add(cost, paid) as tf.Tensor2D;
    const diagonal = more(moves.diagonal);
    const up = moves.up === moves.diagonal ? diagonal : more(moves.up);
    const left = moves.left === moves.up ? up : more(moves.left);
    return lastCell(wavefront({ ...moves, diagonal, up, left }, recurrence, band, poll));
  });
  return Float64Array.from(share(tf.zerosLike(moves.diagonal)).dataSync());
}

/** The float64 kernels behind one differentiable operation: their value, and their gradient on the way back. */
function kernelValue(problem: Problem, s1: tf.Tensor2D, s2: tf.Tensor2D, poll: Poll): tf.Scalar {
  const tf = loadTf();
  const operation = tf.customGrad((a: tf.Tensor | tf.GradSaveFunc, b: tf.Tensor | tf.GradSaveFunc) => {
    const read = (series: Series, x: tf.Tensor) => ({ ...series, data: Float64Array.from(x.dataSync()) });
    const pair = { ...problem, s1: read(problem.s1, a as tf.Tensor), s2: read(problem.s2, b as tf.Tensor) };
    const { value, gradient } = numpyEngine.solve(pair, { grad: true }, poll);
    const gradFunc = (dy: tf.Tensor) => [
      tf.mul(dy, tf.tensor2d(Float32Array.from(gradient?.s1 ?? []), s1.shape)),
      tf.mul(dy, tf.tensor2d(Float32Array.from(gradient?.s2 ?? []), s2.shape)),
    ];
    return { value: tf.scalar(value), gradFunc };
  });
  return operation(s1, s2) as tf.Scalar;
}

const lastCell = (diagonals: tf.Tensor1D[]): tf.Scalar => {
  const last = diagonals[diagonals.length - 1];
  return last.slice(last.shape[0] - 1, 1).asScalar();
};

const finished = (problem: Problem, value: tf.Scalar): tf.Scalar =>
  problem.finish === 'sqrt' ? (root(value) as tf.Scalar) : value;

const asTensor = ({ data, n, d }: Series): tf.Tensor2D => loadTf().tensor2d(Float32Array.from(data), [n, d]);

const scalar = (value: tf.Tensor): number => value.dataSync()[0];
