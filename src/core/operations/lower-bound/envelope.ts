import type { Series } from '../../input/series.ts';
import type { Band, Poll } from '../../kernels/index.ts';
import { evenExtremes, evenWindows } from './even-windows.ts';

/** The smallest and the largest value of a series around each step: n rows of d numbers each. */
export interface Envelope {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The part of a series that holds its values. */
export type Steps = Pick<Series, 'data' | 'n' | 'd'>;

/** Rows between two polls: about a millisecond. */
const POLL_EVERY = 65_536;

/**
 * For each row i of a band, the smallest and the largest value of the steps lo[i]..hi[i] of `series`, for each channel: in O(rows + n) per
 * channel, since neither end of a window ever moves back (Lemire, 2009). Without windows every row has all steps, so there is one row.
 */
export function envelope({ data, n, d }: Steps, windows: Band | undefined, poll: Poll = () => {}): Envelope {
  const rows = windows?.lo.length ?? 1;
  const lower = new Float64Array(rows * d);
  const upper = new Float64Array(rows * d);
  const whole = windows ?? { lo: Int32Array.of(0), hi: Int32Array.of(n - 1) };
  const even = windows && evenWindows(windows, n);
  if (even) {
    for (let channel = 0; channel < d; channel++)
      evenExtremes(d === 1 ? data : column(data, d, channel), even, rows, lower, upper, d, channel, poll);
    return { lower, upper };
  }
  const places = new Int32Array(n);
  for (let channel = 0; channel < d; channel++) {
    const x = column(data, d, channel);
    slidingLeast(x, whole, places, lower, d, channel, poll);
    for (let i = 0; i < n; i++) x[i] = -x[i];
    slidingLeast(x, whole, places, upper, d, channel, poll);
  }
  for (let at = 0; at < upper.length; at++) upper[at] = -upper[at];
  return { lower, upper };
}

/** Writes the minimum of x[lo[i]..hi[i]] to out[i * d + channel]. `places` is scratch space for x.length numbers. */
function slidingLeast(
  x: Float64Array,
  { lo, hi }: Band,
  places: Int32Array,
  out: Float64Array,
  d: number,
  channel: number,
  poll: Poll,
): void {
  // Steps that may still be the minimum of a window, places[head..end - 1]: their values increase.
  let head = 0;
  let end = 0;
  for (let i = 0, next = 0, at = channel; i < lo.length; i++, at += d) {
    if (i % POLL_EVERY === 0) poll();
    for (const last = hi[i]; next <= last; next++) {
      const value = x[next];
      while (end > head && x[places[end - 1]] >= value) end--;
      places[end++] = next;
    }
    const first = lo[i];
    while (places[head] < first) head++;
    out[at] = x[places[head]];
  }
}

function column(data: Float64Array, d: number, channel: number): Float64Array {
  if (d === 1) return data.slice();
  const x = new Float64Array(data.length / d);
  for (let i = 0, at = channel; i < x.length; i++, at += d) x[i] = data[at];
  return x;
}

/** The same cells by columns: for each of m columns, the first and the last row that contains it. */
export function transposed({ lo, hi }: Band, m: number): Band {
  const n = lo.length;
  const first = new Int32Array(m);
  const last = new Int32Array(m);
  for (let j = 0, from = 0, to = -1; j < m; j++) {
    while (from < n && hi[from] < j) from++;
    while (to + 1 < n && lo[to + 1] <= j) to++;
    first[j] = from;
    last[j] = to;
  }
  return { lo: first, hi: last };
}
