import type * as tf from '@tensorflow/tfjs';
import type { Series } from '../../input/series.ts';
import { leastRemainders, type Pair, type Poll } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { Direct, Solution } from '../../metric/problem.ts';
import { channelOf, putChannel } from '../numpy/channels.ts';
import { loadTf } from '../tfjs/load.ts';
import { root } from '../tfjs/powers.ts';
import { constantOnTape, offTape } from './along-path.ts';

/**
 * What remains of x after the best shift and scaling of y (Yang and Leskovec, 2011): min ||x - a y_shifted|| / ||x||, channel by
 * channel, summed. Steps that a shift uncovers are 0. A channel of zeros has distance 0 to another one, and distance 1 to all
 * others; aeon returns the largest float64 there, which is not a distance.
 */
export function shiftScaleSolver(maxShift: number | null): Direct {
  return {
    cost: (d) => ({
      visited: (n) => n * (2 * reach(n, maxShift) + 1),
      factors: [{ times: 2.5, of: 'the remainder at every shift' }, ...(d > 1 ? [channelFactor(d, 0, 1)] : [])],
      step: 40 * d,
      pair: PAIR * d,
    }),
    many: {
      cells: (n) => n * (2 * reach(n, maxShift) + 1),
      likeLengths: true,
      layersOf: ({ data, n, d }) =>
        Array.from({ length: d }, (_, k) => ({
          data: Float64Array.from({ length: n }, (_, i) => data[i * d + k]),
          n,
          d: 1,
        })),
      batch: () => leastRemainders((n) => reach(n, maxShift)),
    },
    solve(s1, s2, wanted, poll): Solution {
      const pair = pairOf(s1, s2);
      const { n, d } = pair;
      const shifts: number[] = [];
      const gradient = { s1: new Float64Array(n * d), s2: new Float64Array(n * d) };
      let value = 0;
      for (let k = 0; k < d; k++) {
        const { s1: x, s2: y } = channelOf(pair, k);
        const best = bestShift(x, y, maxShift, poll);
        shifts.push(best.shift);
        value += best.left;
        if (!wanted.grad || best.left === 0 || best.scale === 0) continue;
        const found = slopes(x, y, best);
        putChannel(gradient.s1, found.x, d, k);
        putChannel(gradient.s2, found.y, d, k);
      }
      const shift = s1.ndim === 1 && s2.ndim === 1 ? shifts[0] : shifts;
      return { value, also: { shift }, ...(wanted.grad && { gradient }) };
    },
    tensorValue(s1, s2, poll) {
      const tf = loadTf();
      const pair = pairOf(offTape(s1), offTape(s2));
      const channels = Array.from({ length: pair.d }, (_, k) => {
        const { s1: x, s2: y } = channelOf(pair, k);
        const { shift, left, scale } = bestShift(x, y, maxShift, poll);
        if (left === 0 || scale === 0) return constantOnTape(left, s1, s2);
        const column = (s: tf.Tensor2D) => tf.slice(s, [0, k], [s.shape[0], 1]).flatten();
        return leftOver(column(s1), movedTensor(column(s2), shift));
      });
      return tf.addN(channels) as tf.Scalar;
    },
  };
}

const pairOf = (s1: Series, s2: Series): Pair => ({ s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d });

const reach = (n: number, maxShift: number | null): number => Math.min(maxShift ?? n, n - 1);

/** What remains of proportional series is rounding error, which has no direction. */
const ROUNDING = 1e-14;

/** What rounding does to a remainder of n steps, relative to it and over the square root of n. */
const TIE = 1e-14;

interface Best {
  /** By how many steps y is shifted later. Ties, but for rounding, go to 0, otherwise to the most negative shift. */
  readonly shift: number;
  readonly scale: number;
  /** The least ||x - scale y_shifted|| / ||x|| */
  readonly left: number;
}

/** Numbers scanned between two polls: about a millisecond. */
const NUMBERS = 200_000;

function bestShift(x: Float64Array, y: Float64Array, maxShift: number | null, poll: Poll): Best {
  if (x.every((value, i) => value === y[i])) return { shift: 0, scale: 1, left: 0 };
  let best: Best = { shift: 0, scale: 0, left: 1 };
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  if (norm === 0) return best;
  const furthest = reach(x.length, maxShift);
  const rounding = 1 - TIE * Math.sqrt(x.length);
  let least = 1;
  const pollEvery = Math.ceil(NUMBERS / x.length);
  for (const shift of [0, ...Array.from({ length: 2 * furthest + 1 }, (_, k) => k - furthest)]) {
    if (shift % pollEvery === 0) poll();
    const found = atShift(x, y, shift, norm);
    if (found.left < least) least = found.left;
    if (found.left < best.left * rounding) best = found;
  }
  return { ...best, left: least };
}

function atShift(x: Float64Array, y: Float64Array, shift: number, norm: number): Best {
  const first = Math.max(0, shift);
  const end = Math.min(x.length, x.length + shift);
  let yy = 0;
  let xy = 0;
  for (let i = first; i < end; i++) {
    yy += y[i - shift] * y[i - shift];
    xy += x[i] * y[i - shift];
  }
  if (yy === 0) return { shift, scale: 0, left: 1 };
  const scale = xy / yy;
  let rest = 0;
  for (let i = 0; i < first; i++) rest += x[i] * x[i];
  for (let i = first; i < end; i++) {
    const left = x[i] - scale * y[i - shift];
    rest += left * left;
  }
  for (let i = end; i < x.length; i++) rest += x[i] * x[i];
  const left = Math.sqrt(rest) / norm;
  return { shift, scale, left: left < ROUNDING ? 0 : left };
}

/** The scale is the best one, so that its own derivative is 0: d left / dx = (r / ||r|| - left x / ||x||) / ||x||, r = x - scale y. */
function slopes(x: Float64Array, y: Float64Array, { shift, scale, left }: Best) {
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  const residual = x.map((value, i) => value - scale * (y[i - shift] ?? 0));
  const rest = left * norm;
  return {
    x: x.map((value, i) => (residual[i] / rest - (left * value) / norm) / norm),
    y: y.map((_, j) => (-scale * (residual[j + shift] ?? 0)) / (rest * norm)),
  };
}

function movedTensor(y: tf.Tensor1D, shift: number): tf.Tensor1D {
  const tf = loadTf();
  const kept = y.shape[0] - Math.abs(shift);
  return tf.pad1d(tf.slice(y, Math.max(0, -shift), kept), [Math.max(0, shift), Math.max(0, -shift)]);
}

function leftOver(x: tf.Tensor1D, y: tf.Tensor1D): tf.Scalar {
  const tf = loadTf();
  const scale = tf.div(tf.sum(tf.mul(x, y)), tf.sum(tf.square(y)));
  const squares = tf.sum(tf.square(tf.sub(x, tf.mul(scale, y))));
  return root(tf.div(squares, tf.sum(tf.square(x)))) as tf.Scalar;
}
