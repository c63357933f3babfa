import type { Solution } from '../../metric/problem.ts';

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
