import type { Envelope, Steps } from './envelope.ts';

/**
 * The squared LB_Keogh (Keogh, 2002): how far the steps of a series lie outside the envelope of another. No path costs less, because it
 * pairs each step with at least one inside its window. An envelope of one row applies to every step.
 */
export const squaredExcess = ({ data, d }: Steps, around: Envelope): number =>
  squaredExcessOf(data, 0, data.length, d, around);

/** The same of the series that is data[from..to - 1]: data sets have too many series for an object each. */
export function squaredExcessOf(
  data: Float64Array,
  from: number,
  to: number,
  d: number,
  { lower, upper }: Envelope,
): number {
  // As many numbers at a time as the envelope has: all of them, or the d numbers of one step.
  const width = lower.length === d ? d : to - from;
  let sum = 0;
  for (let start = from; start < to; start += width) {
    for (let place = 0; place < width; place++) {
      const x = data[start + place];
      const excess = x - Math.min(Math.max(x, lower[place]), upper[place]);
      sum += excess * excess;
    }
  }
  return sum;
}

/** Writes to rest[i] the squared excess of step i and all later ones, and 0 to rest[n]. Returns false as soon as that is above `limit`. */
export function excessFrom(
  { data, n, d }: Steps,
  { lower, upper }: Envelope,
  limit: number,
  rest: Float64Array,
): boolean {
  rest[n] = 0;
  const step = lower.length === n * d ? d : 0;
  for (let i = n - 1, sum = 0; i >= 0; i--) {
    for (let channel = 0; channel < d; channel++) {
      const x = data[i * d + channel];
      // Comparisons are faster than Math.min and Math.max here: most steps are inside, and those outside follow each other.
      let excess = x - upper[i * step + channel];
      if (excess < 0) {
        excess = lower[i * step + channel] - x;
        if (excess <= 0) continue;
      }
      sum += excess * excess;
    }
    rest[i] = sum;
    if (sum > limit) return false;
  }
  return true;
}

/** The squared LB_Kim, from the pairs of steps on every path: the first steps of a query and of the series that is data[from..to - 1], and the last steps of both. */
export function squaredEnds(query: Steps, data: Float64Array, from: number, to: number): number {
  const { d } = query;
  const end = (query.n - 1) * d;
  let first = 0;
  let last = 0;
  for (let channel = 0; channel < d; channel++) {
    first += (query.data[channel] - data[from + channel]) ** 2;
    last += (query.data[end + channel] - data[to - d + channel]) ** 2;
  }
  return query.n === 1 && to - from === d ? first : first + last;
}
