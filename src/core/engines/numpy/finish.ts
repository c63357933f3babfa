import type { Finish, Solution } from '../../metric/problem.ts';

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
