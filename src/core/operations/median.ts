import type { Poll } from '../kernels/index.ts';

/** A poll at every 2^18th place that is passed: about once a millisecond. */
const POLL_MASK = 2 ** 18 - 1;

/**
 * The median, in linear time: the mean of the two middle numbers if their count is even. Sorting millions of numbers could not be interrupted.
 *
 * @param numbers without NaN, at least one; reordered
 */
export function median(numbers: Float64Array, poll: Poll): number {
  const upper = Math.floor(numbers.length / 2);
  const high = select(numbers, upper, poll);
  if (numbers.length % 2 === 1) return high;
  // Everything before the upper one is at most as large.
  let low = -Infinity;
  for (let at = 0; at < upper; at++) {
    if ((at & POLL_MASK) === 0) poll();
    if (numbers[at] > low) low = numbers[at];
  }
  return (low + high) / 2;
}

/** Moves the k-th smallest number to index `k`, with no larger one before and no smaller one after it (Hoare, 1961). */
function select(numbers: Float64Array, k: number, poll: Poll): number {
  let [left, right] = [0, numbers.length - 1];
  while (left < right) {
    const pivot = middleOf(numbers[left], numbers[(left + right) >> 1], numbers[right]);
    let [i, j] = [left, right];
    while (i <= j) {
      while (numbers[i] < pivot) if ((++i & POLL_MASK) === 0) poll();
      while (numbers[j] > pivot) if ((--j & POLL_MASK) === 0) poll();
      if (i > j) break;
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
      if ((++i & POLL_MASK) === 0) poll();
      j--;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return numbers[k];
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
