import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import type { Prepare, Solution } from '../../metric/problem.ts';

/**
 * A series as its recurrence receives it. The derivative (Keogh and Pazzani, 2001) of step i, 0 < i < n - 1, is
 * ((x_i - x_{i-1}) + (x_{i+1} - x_{i-1}) / 2) / 2.
 *
 * @throws InvalidInput for fewer than 3 steps
 */
export function prepared(prepare: Prepare | undefined, series: Series, name: string): Series {
  if (prepare === undefined) return series;
  const { data: x, n, d } = series;
  if (n < 3)
    throw new InvalidInput(
      `a derivative needs at least 3 steps, but ${name} has ${n}${d > 1 ? ` (of ${d} values each)` : ''}`,
      [name],
      'too_short',
    );
  const data = new Float64Array((n - 2) * d);
  for (let at = 0; at < data.length; at++) data[at] = x[at + d] / 2 + x[at + 2 * d] / 4 - 0.75 * x[at];
  return { ...series, data, n: n - 2 };
}

/** Turns the gradient with respect to the derivative into the gradient with respect to the series itself. */
export function preparedAdjoint({ data, d }: Series, gradient: Float64Array): Float64Array {
  const out = new Float64Array(data.length);
  for (let at = 0; at < gradient.length; at++) {
    out[at] -= 0.75 * gradient[at];
    out[at + d] += gradient[at] / 2;
    out[at + 2 * d] += gradient[at] / 4;
  }
  return out;
}

/** R(x, y) becomes R(x, y) - (R(x, x) + R(y, y)) / 2, in place. A self term has two equal gradients, and half of each counts. */
export function subtractSelves(solution: Solution, xx: Solution, yy: Solution): void {
  solution.value -= (xx.value + yy.value) / 2;
  const { gradient } = solution;
  if (!gradient || !xx.gradient || !yy.gradient) return;
  subtractHalves(gradient.s1, xx.gradient);
  subtractHalves(gradient.s2, yy.gradient);
  if (gradient.gamma !== undefined) gradient.gamma -= ((xx.gradient.gamma ?? 0) + (yy.gradient.gamma ?? 0)) / 2;
}

function subtractHalves(from: Float64Array, { s1, s2 }: { s1: Float64Array; s2: Float64Array }): void {
  for (let at = 0; at < from.length; at++) from[at] -= (s1[at] + s2[at]) / 2;
}
