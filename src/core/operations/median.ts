import type { Poll } from '../kernels/index.ts';

/** Numbers scanned between two polls: about a millisecond. */
const NUMBERS = 200_000;

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
  for (let at = 0; at < upper; at++) if (numbers[at] > low) low = numbers[at];
  return (low + high) / 2;
}

/** Moves the k-th smallest number to index `k`, with no larger one before and no smaller one after it (Hoare, 1961). */
function select(numbers: Float64Array, k: number, poll: Poll): number {
  let [left, right] = [0, numbers.length - 1];
  let looked = 0;
  while (left < right) {
    looked += right - left;
    if (looked > NUMBERS) {
      poll();
      looked = 0;
    }
    const pivot = middleOf(numbers[left], numbers[(left + right) >> 1], numbers[right]);
    let [i, j] = [left, right];
    while (i <= j) {
      while (numbers[i] < pivot) i++;
      while (numbers[j] > pivot) j--;
      if (i > j) break;
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
      i++;
      j--;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return numbers[k];
}

const middleOf = (a: number, b: number, c: number): number => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
