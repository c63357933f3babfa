import { kernelFor, type Pair, type Poll, valuesFor } from '../../kernels/index.ts';
import type { Finish, Problem, RecurrenceProblem, Solution, Wanted } from '../../metric/problem.ts';
import { addSigma, slopeByGamma } from '../parameter-slopes.ts';
import { prepared, preparedAdjoint, subtractSelves } from './before-and-after.ts';
import { channelOf, putChannel } from './channels.ts';

/** Solves a problem in float64: series prepared, the kernel run, the last cell finished. */
export function solve(problem: Problem, wanted: Wanted, poll: Poll): Solution {
  if (problem.kind === 'recurrence') return solveRecurrence(problem, wanted, poll);
  poll();
  return problem.direct.solve(problem.s1, problem.s2, wanted, poll);
}

function solveRecurrence(problem: RecurrenceProblem, wanted: Wanted, poll: Poll): Solution {
  if (problem.prepare) return solvePrepared(problem, wanted, poll);
  const { s1, s2 } = problem;
  const pair: Pair = { s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d };
  const raw = problem.normalized ? normalized(problem, pair, wanted, poll) : whole(problem, pair, wanted, poll);
  const solution = finished(problem.finish, raw);
  if (solution.gradient && wanted.grad === true) addSigma(problem, solution.gradient);
  return solution;
}

/** The recurrence of prepared series; the gradient is with respect to the series themselves. */
function solvePrepared(problem: RecurrenceProblem, wanted: Wanted, poll: Poll): Solution {
  const s1 = prepared(problem.prepare, problem.s1, 's1');
  const s2 = prepared(problem.prepare, problem.s2, 's2');
  const solution = solveRecurrence({ ...problem, prepare: undefined, s1, s2 }, wanted, poll);
  if (solution.gradient) {
    solution.gradient.s1 = preparedAdjoint(problem.s1, solution.gradient.s1);
    solution.gradient.s2 = preparedAdjoint(problem.s2, solution.gradient.s2);
  }
  return solution;
}

/** R(x, y) - (R(x, x) + R(y, y)) / 2. A self term has two equal gradients, and half of each counts. */
function normalized(problem: RecurrenceProblem, pair: Pair, wanted: Wanted, poll: Poll): Solution {
  const { s1, s2, n, m, d } = pair;
  const solution = whole(problem, pair, wanted, poll);
  const self = (s: Float64Array, n: number) =>
    whole(problem, { s1: s, s2: s, n, m: n, d }, { grad: wanted.grad ?? false }, poll);
  const xx = self(s1, n);
  const yy = self(s2, m);
  subtractSelves(solution, xx, yy);
  return solution;
}

function whole(problem: RecurrenceProblem, pair: Pair, wanted: Wanted, poll: Poll): Solution {
  if (!problem.perChannel || pair.d === 1) return single(problem, pair, wanted, poll);
  const total: Solution = { value: 0 };
  if (wanted.grad) total.gradient = { s1: new Float64Array(pair.s1.length), s2: new Float64Array(pair.s2.length) };
  for (let k = 0; k < pair.d; k++) {
    const { value, gradient } = single(problem, channelOf(pair, k), { grad: wanted.grad ?? false }, poll);
    total.value += value;
    if (gradient && total.gradient) {
      putChannel(total.gradient.s1, gradient.s1, pair.d, k);
      putChannel(total.gradient.s2, gradient.s2, pair.d, k);
      if (gradient.gamma !== undefined) total.gradient.gamma = (total.gradient.gamma ?? 0) + gradient.gamma;
    }
  }
  return total;
}

function single(
  { recurrence, bandOf, smoothedBy }: RecurrenceProblem,
  pair: Pair,
  wanted: Wanted,
  poll: Poll,
): Solution {
  const band = bandOf(pair.n, pair.m);
  if (!wanted.grad && !wanted.path && !wanted.alignment) {
    return { value: valuesFor(recurrence, pair.d).value(pair, band, poll) };
  }
  const kernel = kernelFor(recurrence, pair.d);
  const solution: Solution = { value: Number.NaN };
  if (wanted.grad) {
    const found = kernel.gradient(pair, band, poll);
    solution.value = found.value;
    solution.gradient = { s1: found.s1, s2: found.s2 };
    if (wanted.grad === true && smoothedBy === 'gamma') {
      const slope = slopeByGamma(recurrence, pair, band, found, poll);
      if (slope !== undefined) solution.gradient.gamma = slope;
    }
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
  return solution;
}

/** The value that the last cell gives, and d value / d (last cell). */
export function finishing(finish: Finish | undefined, raw: number): { value: number; slope: number } {
  if (finish === undefined) return { value: raw, slope: 1 };
  if (finish === 'exp(-x)') return { value: Math.exp(-raw), slope: -Math.exp(-raw) };
  if (finish !== 'sqrt') return { value: raw / finish.divideBy, slope: 1 / finish.divideBy };
  // The slope at 0, where the series coincide, is taken to be 0.
  const value = Math.sqrt(raw);
  return { value, slope: value > 0 ? 0.5 / value : 0 };
}

/** A solution of the recurrence as one of the metric, in place. */
export function finished(finish: Finish | undefined, solution: Solution): Solution {
  if (finish === undefined) return solution;
  const { value, slope } = finishing(finish, solution.value);
  solution.value = value;
  if (solution.gradient) {
    const { s1, s2 } = solution.gradient;
    for (let at = 0; at < s1.length; at++) s1[at] *= slope;
    for (let at = 0; at < s2.length; at++) s2[at] *= slope;
    if (solution.gradient.gamma !== undefined) solution.gradient.gamma *= slope;
  }
  return solution;
}
