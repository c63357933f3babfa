import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../kernels/index.ts';
import type { RecurrenceProblem, Solution, Wanted } from '../../metric/problem.ts';
import { addSigma } from '../parameter-slopes.ts';
import { loadTf, whilePolling } from './load.ts';
import { smoothing } from './smallest.ts';
import { recurrenceValues } from './value.ts';

/**
 * The values, and gradients if wanted, of recurrences that differ only in the numbers of their series: all at once, with the pairs as the leading
 * dimension of every tensor.
 */
export function solveAlike(problems: readonly RecurrenceProblem[], grad: Wanted['grad'], poll: Poll): Solution[] {
  const tf = loadTf();
  const [first] = problems as [RecurrenceProblem];
  const { reduce } = first.recurrence;
  const gamma =
    grad === true && first.smoothedBy === 'gamma' && reduce === 'softmin' ? first.recurrence.gamma : undefined;
  const values = (a: tf.Tensor, b: tf.Tensor, by?: tf.Tensor) => recurrenceValues(first, a, b, poll, by);
  const compute = (): Solution[] => {
    const inputs = [together(problems, 's1'), together(problems, 's2')] as [tf.Tensor, tf.Tensor];
    if (!grad) return Array.from(values(...inputs).dataSync(), (value) => ({ value }));
    const parameter = gamma === undefined ? [] : [tf.fill([problems.length], smoothing(gamma))];
    const { value, grads } = tf.valueAndGrads(values)([...inputs, ...parameter]);
    const [bySeries1, bySeries2, byGamma] = grads.map((gradient) => gradient.dataSync());
    const part = (all: ArrayLike<number> | undefined, k: number) => {
      const numbers = all as Float32Array;
      const size = numbers.length / problems.length;
      return Float64Array.from(numbers.subarray(k * size, (k + 1) * size));
    };
    return Array.from(value.dataSync(), (one, k) => {
      const gradient = {
        s1: part(bySeries1, k),
        s2: part(bySeries2, k),
        ...(byGamma && { gamma: byGamma[k] as number }),
      };
      if (grad === true) addSigma(problems[k] as RecurrenceProblem, gradient);
      return { value: one, gradient };
    });
  };
  let solutions: Solution[] = [];
  const keep = () => {
    solutions = compute();
  };
  whilePolling(poll, () => tf.tidy(keep));
  return solutions;
}

/** One series of each problem, (b, n, d). */
function together(problems: readonly RecurrenceProblem[], which: 's1' | 's2'): tf.Tensor {
  const { n, d } = (problems[0] as RecurrenceProblem)[which];
  const all = new Float32Array(problems.length * n * d);
  for (const [k, problem] of problems.entries()) all.set(problem[which].data.subarray(0, n * d), k * n * d);
  return loadTf().tensor3d(all, [problems.length, n, d]);
}
