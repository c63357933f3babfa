import type { Envelope, Steps } from './envelope.ts';

/**
 * The squared LB_Keogh (Keogh, 2002): how far the steps of a series lie outside the envelope of another. No path costs less, because it
 * pairs each step with at least one inside its window. An envelope of one row applies to every step.
 */
export function squaredExcess({ data, d }: Steps, { lower, upper }: Envelope): number {
  // As many numbers at a time as the envelope has: all of them, or the d numbers of one step.
  const width = lower.length === d ? d : data.length;
  let sum = 0;
  for (let start = 0; start < data.length; start += width) {
    for (let place = 0; place < width; place++) {
      const x = data[start + place];
      const excess = x - Math.min(Math.max(x, lower[place]), upper[place]);
      sum += excess * excess;
    }
  }
  return sum;
}
