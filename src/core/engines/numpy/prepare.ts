import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import type { Prepare } from '../../metric/problem.ts';

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
