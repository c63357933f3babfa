import type * as tf from '@tensorflow/tfjs';
import type { Direct, Solution } from '../backend/engine.ts';
import { loadTf } from '../backend/index.ts';
import { channelOf, putChannel } from '../backend/numpy/channels.ts';
import type { Pair, Poll } from '../kernels/index.ts';
import type { Series } from '../series.ts';
import { offTape, onTape } from './along-path.ts';

/**
 * The shape-based distance (Paparrizos and Gravano, 2015): 1 - the largest normalized cross-correlation over all shifts, channel by
 * channel, then the mean. Where a correlation has no meaning it is this: 1 (distance 0) where both channels are constant, 0 (distance 1)
 * where one is. Without `standardize`, constant means all 0. With it, a channel of one step is at distance 0 of all, as in aeon.
 */
export function sbdSolver(standardize: boolean): Direct {
  return {
    solve(s1, s2, wanted, poll): Solution {
      const pair = pairOf(s1, s2);
      const { n, m, d } = pair;
      const shifts: number[] = [];
      const gradient = { s1: new Float64Array(n * d), s2: new Float64Array(m * d) };
      let value = 0;
      for (let k = 0; k < d; k++) {
        const [x, y] = shapes(channelOf(pair, k), standardize);
        const best = bestShift(x, y, standardize, poll);
        shifts.push(best.shift);
        value += Math.abs(1 - best.correlation) / d;
        if (!wanted.grad || best.constant) continue;
        putChannel(gradient.s1, slopes(x, y, best.shift, best.correlation, -1 / d, standardize), d, k);
        putChannel(gradient.s2, slopes(y, x, -best.shift, best.correlation, -1 / d, standardize), d, k);
      }
      const shift = s1.ndim === 1 && s2.ndim === 1 ? (shifts[0] as number) : shifts;
      return { value, also: { shift }, ...(wanted.grad && { gradient }) };
    },
    tensorValue(s1, s2, poll) {
      const tf = loadTf();
      const pair = pairOf(offTape(s1), offTape(s2));
      const channels = Array.from({ length: pair.d }, (_, k) => {
        const [x, y] = shapes(channelOf(pair, k), standardize);
        const { shift, correlation, constant } = bestShift(x, y, standardize, poll);
        if (constant) return onTape(1 - correlation, s1, s2);
        const column = (s: tf.Tensor2D) => tf.slice(s, [0, k], [s.shape[0], 1]).flatten();
        const centred = (x: tf.Tensor1D) => (standardize ? tf.sub(x, tf.mean(x)) : x) as tf.Tensor1D;
        return tf.sub(1, correlationAt(centred(column(s1)), centred(column(s2)), shift));
      });
      return tf.div(tf.addN(channels), pair.d);
    },
  };
}

const pairOf = (s1: Series, s2: Series): Pair => ({ s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d });

/** A scaling does not change a correlation, so that standardizing is centring. What rounding leaves of a constant becomes 0. */
function shapes({ s1, s2 }: Pair, standardize: boolean): [Float64Array, Float64Array] {
  return standardize ? [centred(s1), centred(s2)] : [s1, s2];
}

function centred(x: Float64Array): Float64Array {
  if (x.every((value) => value === x[0])) return new Float64Array(x.length);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
}

interface Best {
  /** How many steps later y is moved; of equal ones the least, then the negative one. */
  readonly shift: number;
  readonly correlation: number;
  /** Whether a channel is constant, so that the correlation is said and not computed. */
  readonly constant: boolean;
}

function bestShift(x: Float64Array, y: Float64Array, standardize: boolean, poll: Poll): Best {
  const norms = norm(x) * norm(y);
  if (norms === 0 || !Number.isFinite(norms)) {
    // NaN is beyond the range of the numbers, and is said so.
    return { shift: 0, correlation: norms === 0 ? ofConstants(x, y, standardize) : Number.NaN, constant: true };
  }
  let best = { shift: 0, correlation: -Infinity, constant: false };
  const furthest = Math.max(x.length, y.length) - 1;
  for (let size = 0; size <= furthest; size++) {
    if (size % 64 === 0) poll();
    for (const shift of size === 0 ? [0] : [-size, size]) {
      if (shift <= -y.length || shift >= x.length) continue;
      const correlation = dot(x, y, shift) / norms;
      if (correlation > best.correlation) best = { shift, correlation, constant: false };
    }
  }
  return best;
}

function ofConstants(x: Float64Array, y: Float64Array, standardize: boolean): number {
  const single = standardize && (x.length === 1 || y.length === 1);
  return single || (norm(x) === 0 && norm(y) === 0) ? 1 : 0;
}

const norm = (x: Float64Array): number => Math.sqrt(dot(x, x, 0));

/** The sum of x_i y_{i - shift} over the steps that both have. */
function dot(x: Float64Array, y: Float64Array, shift: number): number {
  const end = Math.min(x.length, y.length + shift);
  let sum = 0;
  for (let i = Math.max(0, shift); i < end; i++) sum += x[i] * y[i - shift];
  return sum;
}

/** `scale` times the derivative of the correlation by x: (y_shifted / |y| - correlation x / |x|) / |x|, less its mean for centred x. */
function slopes(
  x: Float64Array,
  y: Float64Array,
  shift: number,
  correlation: number,
  scale: number,
  standardize: boolean,
): Float64Array {
  const [a, b] = [norm(x), norm(y)];
  const slope = x.map((value, i) => (scale * ((y[i - shift] ?? 0) / b - (correlation * value) / a)) / a);
  if (!standardize) return slope;
  const mean = slope.reduce((sum, value) => sum + value, 0) / slope.length;
  return slope.map((value) => value - mean);
}

function correlationAt(x: tf.Tensor1D, y: tf.Tensor1D, shift: number): tf.Tensor {
  const tf = loadTf();
  const first = Math.max(0, shift);
  const size = Math.min(x.shape[0], y.shape[0] + shift) - first;
  const common = tf.sum(tf.mul(tf.slice(x, first, size), tf.slice(y, first - shift, size)));
  return tf.div(common, tf.mul(tf.norm(x), tf.norm(y)));
}
