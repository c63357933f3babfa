import { kernelFor, type Pair } from '../../kernels/index.ts';
import type { Engine, Problem, Solution, Wanted } from '../engine.ts';

/** Fused float64 kernels with analytic gradients. */
export const numpyEngine: Engine = { dtype: 'float64', solve };

function solve(problem: Problem, wanted: Wanted, poll: () => void): Solution {
  const { recurrence, band, s1, s2 } = problem;
  const kernel = kernelFor(recurrence);
  const pair: Pair = { s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d };
  const solution: Solution = { value: Number.NaN };
  if (wanted.grad) {
    const found = kernel.gradient(pair, band, poll);
    solution.value = found.value;
    solution.gradient = { s1: found.s1, s2: found.s2 };
  }
  if (wanted.path) {
    if (kernel.path === undefined) throw new RangeError(`a ${recurrence.reduce} over all paths has no single path`);
    const found = kernel.path(pair, band, poll);
    solution.value = found.value;
    solution.path = found.path;
  }
  if (wanted.alignment) {
    const found = kernel.alignment(pair, band, poll);
    solution.value = found.value;
    solution.alignment = found.alignment;
  }
  if (Number.isNaN(solution.value)) solution.value = kernel.value(pair, band, poll);
  return problem.finish === 'sqrt' ? squareRoot(solution) : solution;
}

/** d sqrt(v) = dv / (2 sqrt(v)); taken to be 0 at v = 0, where the series lie on each other. */
function squareRoot(solution: Solution): Solution {
  solution.value = Math.sqrt(solution.value);
  if (solution.gradient) {
    const slope = solution.value > 0 ? 0.5 / solution.value : 0;
    for (const gradient of [solution.gradient.s1, solution.gradient.s2]) {
      for (let at = 0; at < gradient.length; at++) gradient[at] *= slope;
    }
  }
  return solution;
}
