import type * as tf from '@tensorflow/tfjs';
import type { Poll } from '../../kernels/index.ts';
import { loadTf } from '../tfjs/load.ts';

// Correlations of x with y shifted in time, for series whose d channels shift together: rows of d numbers, one after the other. Lengths
// may differ; steps that a shift leaves without a partner count as 0.

/** Where two series correlate best. */
export interface Best {
  /** By how many steps y is shifted later. Ties, but for rounding, go to the smallest shift, then to the negative one. */
  readonly shift: number;
  /** The largest sum of x_i y_{i-shift} over the product of the norms, from -1 to 1. */
  readonly correlation: number;
}

/** What rounding does to a correlation of n and m steps, at most, over the square root of n + m. */
const ROUNDING = 1e-14;

/** Numbers multiplied between two polls: about a millisecond. */
const NUMBERS = 500_000;

/** The best of all shifts at which the series overlap, for series that are not all 0. */
export function bestShift(x: Float64Array, y: Float64Array, d: number, poll: Poll): Best {
  const norms = norm(x) * norm(y);
  const [n, m] = [x.length / d, y.length / d];
  const pollEvery = Math.ceil(NUMBERS / (x.length + y.length));
  const rounding = ROUNDING * Math.sqrt(n + m);
  let best = { shift: 0, correlation: Number.NEGATIVE_INFINITY };
  let most = Number.NEGATIVE_INFINITY;
  for (let size = 0; size < Math.max(n, m); size++) {
    if (size % pollEvery === 0) poll();
    for (const shift of size === 0 ? [0] : [-size, size]) {
      if (shift <= -m || shift >= n) continue;
      const correlation = dot(x, y, shift * d) / norms;
      if (correlation > most) most = correlation;
      if (correlation > best.correlation + rounding) best = { shift, correlation };
    }
  }
  return { shift: best.shift, correlation: most };
}

/** `scale` times the derivative with respect to x of the correlation at a shift: (y_shifted / |y| - correlation x / |x|) / |x|. */
export function correlationSlopes(
  x: Float64Array,
  y: Float64Array,
  d: number,
  { shift, correlation }: Best,
  scale: number,
): Float64Array {
  const [a, b] = [norm(x), norm(y)];
  return x.map((value, i) => (scale * ((y[i - shift * d] ?? 0) / b - (correlation * value) / a)) / a);
}

/** The correlation at a shift on the tape, from series of shapes (n, d) and (m, d). */
export function tensorCorrelation(x: tf.Tensor2D, y: tf.Tensor2D, shift: number): tf.Scalar {
  const tf = loadTf();
  const first = Math.max(0, shift);
  const size = Math.min(x.shape[0], y.shape[0] + shift) - first;
  const common = tf.sum(tf.mul(tf.slice(x, [first, 0], [size, -1]), tf.slice(y, [first - shift, 0], [size, -1])));
  return tf.div(common, tf.mul(tf.norm(x), tf.norm(y)));
}

/** The square root of the sum of the squares. */
export const norm = (x: Float64Array): number => Math.sqrt(dot(x, x, 0));

/** The sum of x_i y_{i - offset} over the indices that both have. */
function dot(x: Float64Array, y: Float64Array, offset: number): number {
  const end = Math.min(x.length, y.length + offset);
  let sum = 0;
  for (let i = Math.max(0, offset); i < end; i++) sum += x[i] * y[i - offset];
  return sum;
}
