import type * as tf from '@tensorflow/tfjs';
import type { Series } from '../../input/series.ts';
import type { Poll } from '../../kernels/index.ts';
import type { DirectProblem, Gradient, Problem, Solution, Wanted } from '../../metric/problem.ts';
import type { Engine } from '../engine.ts';
import { numpyEngine } from '../numpy/engine.ts';
import { addSigma } from '../parameter-slopes.ts';
import { align } from './align.ts';
import { directTensorCost, tensorCost } from './cost.ts';
import { differentiable } from './differentiable.ts';
import { requireFloat32 } from './in-float32.ts';
import { loadTf, namedTfjsEngine, whilePolling } from './load.ts';
import { tensorPairs } from './pairs.ts';
import { smoothing } from './smallest.ts';
import { tensorValue } from './value.ts';

/** TensorFlow.js: float32 tensors, gradients by automatic differentiation. */
export const tensorEngine: Engine = {
  dtype: 'float32',
  summary: 'float32, automatic differentiation',
  library: namedTfjsEngine,
  differentiable,
  solve,
  pairs: tensorPairs,
  recurrenceCost: tensorCost,
  directCost: directTensorCost,
};

function solve(problem: Problem, wanted: Wanted, poll: Poll): Solution {
  const tf = loadTf();
  const solution: Solution = { value: Number.NaN };
  requireFloat32(problem);
  const compute = () => {
    const s1 = asTensor(problem.s1);
    const s2 = asTensor(problem.s2);
    if (wanted.grad) {
      Object.assign(solution, valueAndGradient(problem, s1, s2, wanted.grad === true, poll));
    } else {
      solution.value = scalar(tensorValue(problem, s1, s2, poll));
    }
    // For a metric without a recurrence, its own solver computes everything except the value.
    if (problem.kind === 'direct') Object.assign(solution, beside(problem, wanted, poll));
    else if (wanted.path || wanted.alignment) {
      if (problem.compute_with_backend) Object.assign(solution, align(problem, s1, s2, wanted, poll));
      else {
        const { path, alignment } = numpyEngine.solve(problem, { ...wanted, grad: false }, poll);
        Object.assign(solution, path && { path }, alignment && { alignment });
      }
    }
  };
  whilePolling(poll, () => tf.tidy(compute));
  return solution;
}

/** With respect to both series and, if wanted, the smoothing parameter. */
function valueAndGradient(
  problem: Problem,
  s1: tf.Tensor2D,
  s2: tf.Tensor2D,
  byParameter: boolean,
  poll: Poll,
): { value: number; gradient: Gradient } {
  const gamma = byParameter ? gammaOf(problem) : undefined;
  const byTape = gamma !== undefined && problem.compute_with_backend;
  const differentiate = loadTf().valueAndGrads((a: tf.Tensor, b: tf.Tensor, g?: tf.Tensor) =>
    tensorValue(problem, a as tf.Tensor2D, b as tf.Tensor2D, poll, g as tf.Scalar | undefined),
  );
  const { value, grads } = differentiate(byTape ? [s1, s2, loadTf().scalar(smoothing(gamma))] : [s1, s2]);
  const [bySeries1, bySeries2, byGamma] = grads.map((gradient) => Float64Array.from(gradient.dataSync()));
  const gradient: Gradient = { s1: bySeries1 as Float64Array, s2: bySeries2 as Float64Array };
  if (byGamma) gradient.gamma = byGamma[0];
  else if (gamma !== undefined)
    gradient.gamma = numpyEngine.solve(problem, { grad: true }, poll).gradient?.gamma as number;
  if (byParameter && problem.kind === 'recurrence') addSigma(problem, gradient);
  return { value: scalar(value), gradient };
}

function gammaOf(problem: Problem): number | undefined {
  if (problem.kind === 'direct' || problem.smoothedBy !== 'gamma') return undefined;
  return problem.recurrence.reduce === 'softmin' ? problem.recurrence.gamma : undefined;
}

function beside({ direct, s1, s2 }: DirectProblem, wanted: Wanted, poll: Poll): Partial<Solution> {
  const { path, alignment, also } = direct.solve(s1, s2, { ...wanted, grad: false }, poll);
  return { ...(path && { path }), ...(alignment && { alignment }), ...(also && { also }) };
}

const asTensor = ({ data, n, d }: Series): tf.Tensor2D => loadTf().tensor2d(Float32Array.from(data), [n, d]);

const scalar = (value: tf.Tensor): number => value.dataSync()[0];
