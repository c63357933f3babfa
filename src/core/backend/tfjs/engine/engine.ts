import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../../kernels/index.ts';
import type { Series } from '../../../series.ts';
import type { DirectProblem, Engine, Problem, Solution, Wanted } from '../../engine.ts';
import { numpyEngine } from '../../numpy/engine.ts';
import { loadTf } from '../load.ts';
import { align } from './align.ts';
import { tensorValue } from './value.ts';

/** TensorFlow.js: float32 tensors, gradients by automatic differentiation. */
export const tfjsEngine: Engine = { dtype: 'float32', solve };

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
    // What a metric without a recurrence has beside its value is computed by its own solver.
    if (problem.kind === 'direct') Object.assign(solution, beside(problem, wanted, poll));
    else if (wanted.path || wanted.alignment) {
      if (problem.compute_with_backend) Object.assign(solution, align(problem, s1, s2, wanted, poll));
      else {
        const { path, alignment } = numpyEngine.solve(problem, { ...wanted, grad: false }, poll);
        Object.assign(solution, path && { path }, alignment && { alignment });
      }
    }
  });
  return solution;
}

function beside({ direct, s1, s2 }: DirectProblem, wanted: Wanted, poll: Poll): Partial<Solution> {
  const { path, alignment, also } = direct.solve(s1, s2, { ...wanted, grad: false }, poll);
  return { ...(path && { path }), ...(alignment && { alignment }), ...(also && { also }) };
}

const asTensor = ({ data, n, d }: Series): tf.Tensor2D => loadTf().tensor2d(Float32Array.from(data), [n, d]);

const scalar = (value: tf.Tensor): number => value.dataSync()[0];
