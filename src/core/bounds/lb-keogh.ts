import type { Envelope, Steps } from './envelope.ts';

/**
 * The squared LB_Keogh (Keogh, 2002): how far the steps of a series lie outside an envelope of another one. No path costs less, because it
 * pairs each step with at least one inside its window. An envelope of one row holds for every step.
 */
export function squaredExcess({ data, n, d }: Steps, { lower, upper }: Envelope): number {
  const step = lower.length === n * d ? d : 0;
  let sum = 0;
  if (d === 1) {
    for (let i = 0, row = 0; i < n; i++, row += step) {
      const x = data[i];
      const excess = Math.max(x - upper[row], lower[row] - x, 0);
      sum += excess * excess;
    }
    return sum;
  }
  for (let i = 0, at = 0, row = 0; i < n; i++, row += step) {
    for (let channel = 0; channel < d; channel++, at++) {
      const excess = Math.max(data[at] - upper[row + channel], lower[row + channel] - data[at], 0);
      sum += excess * excess;
    }
  }
  return sum;
}

/** The squared LB_Kim, of the steps that every path pairs: the first ones and the last ones. */
export function squaredEnds(s1: Steps, s2: Steps): number {
  const { d } = s1;
  let first = 0;
  let last = 0;
  for (let channel = 0; channel < d; channel++) {
    first += (s1.data[channel] - s2.data[channel]) ** 2;
    last += (s1.data[(s1.n - 1) * d + channel] - s2.data[(s2.n - 1) * d + channel]) ** 2;
  }
  return s1.n === 1 && s2.n === 1 ? first : first + last;
}
