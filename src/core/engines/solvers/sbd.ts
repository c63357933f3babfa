import type * as tf from '@tensorflow/tfjs';
import type { Series } from '../../input/series.ts';
import { largestCorrelations, type Pair, type Poll } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { Direct, Solution } from '../../metric/problem.ts';
import { channelOf, putChannel } from '../numpy/channels.ts';
import { loadTf } from '../tfjs/load.ts';
import { constantOnTape, offTape } from './along-path.ts';
import { type Best, bestShift, correlationSlopes, norm, tensorCorrelation } from './cross-correlation.ts';

/**
 * The shape-based distance (Paparrizos and Gravano, 2015): 1 - the largest normalized cross-correlation over all shifts, channel by
 * channel, then the mean. Where the correlation is undefined it is set to 1 (distance 0) if both channels are constant, and to 0 (distance 1)
 * if one is. Without `standardize`, constant means all 0. With it, a channel of one step has distance 0 to everything, as in aeon.
 */
export function sbdSolver(standardize: boolean): Direct {
  return {
    cost: (d) => ({
      visited: (n, m) => n * m,
      factors: [{ times: 1.5, of: 'a product at every shift' }, ...(d > 1 ? [channelFactor(d, 0, 1)] : [])],
      step: 40 * d,
      pair: PAIR * d,
    }),
    many: {
      cells: (n, m) => n * m,
      likeLengths: true,
      layersOf: ({ data, n, d }) =>
        Array.from({ length: d }, (_, k) => {
          const channel = Float64Array.from({ length: n }, (_, i) => data[i * d + k]);
          return { data: standardize ? shapeOf(channel) : channel, n, d: 1 };
        }),
      batch: ({ d }) => largestCorrelations((correlation) => Math.abs(1 - correlation) / d),
    },
    solve(s1, s2, wanted, poll): Solution {
      const pair = pairOf(s1, s2);
      const { n, m, d } = pair;
      const shifts: number[] = [];
      const gradient = { s1: new Float64Array(n * d), s2: new Float64Array(m * d) };
      let value = 0;
      for (let k = 0; k < d; k++) {
        const [x, y] = shapes(channelOf(pair, k), standardize);
        const best = bestOf(x, y, standardize, poll);
        shifts.push(best.shift);
        value += Math.abs(1 - best.correlation) / d;
        if (!wanted.grad || best.constant) continue;
        const slopes = (a: Float64Array, b: Float64Array, shift: number) => {
          const slope = correlationSlopes(a, b, 1, { ...best, shift }, -1 / d);
          return standardize ? centred(slope) : slope;
        };
        putChannel(gradient.s1, slopes(x, y, best.shift), d, k);
        putChannel(gradient.s2, slopes(y, x, -best.shift), d, k);
      }
      const shift = s1.ndim === 1 && s2.ndim === 1 ? shifts[0] : shifts;
      return { value, also: { shift }, ...(wanted.grad && { gradient }) };
    },
    tensorValue(s1, s2, poll) {
      const tf = loadTf();
      const pair = pairOf(offTape(s1), offTape(s2));
      const channels = Array.from({ length: pair.d }, (_, k) => {
        const [x, y] = shapes(channelOf(pair, k), standardize);
        const { shift, correlation, constant } = bestOf(x, y, standardize, poll);
        if (constant) return constantOnTape(1 - correlation, s1, s2);
        const column = (s: tf.Tensor2D) => tf.slice(s, [0, k], [s.shape[0], 1]);
        const shape = (x: tf.Tensor2D) => (standardize ? tf.sub(x, tf.mean(x)) : x) as tf.Tensor2D;
        return tf.sub(1, tensorCorrelation(shape(column(s1)), shape(column(s2)), shift));
      });
      return tf.div(tf.addN(channels), pair.d);
    },
  };
}

const pairOf = (s1: Series, s2: Series): Pair => ({ s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d });

/** Scaling does not change a correlation, so standardizing reduces to centring. What rounding leaves of a constant becomes 0. */
function shapes({ s1, s2 }: Pair, standardize: boolean): [Float64Array, Float64Array] {
  return standardize ? [shapeOf(s1), shapeOf(s2)] : [s1, s2];
}

const shapeOf = (x: Float64Array): Float64Array =>
  x.every((value) => value === x[0]) ? new Float64Array(x.length) : centred(x);

function centred(x: Float64Array): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
}

/** The best shift of two channels. `constant`: whether one of them is constant, so that the correlation is set rather than computed. */
function bestOf(x: Float64Array, y: Float64Array, standardize: boolean, poll: Poll): Best & { constant: boolean } {
  const norms = norm(x) * norm(y);
  if (norms === 0) return { shift: 0, correlation: ofConstants(x, y, standardize), constant: true };
  // NaN means overflow, which becomes an error.
  if (!Number.isFinite(norms)) return { shift: 0, correlation: Number.NaN, constant: true };
  return { ...bestShift(x, y, 1, poll), constant: false };
}

function ofConstants(x: Float64Array, y: Float64Array, standardize: boolean): number {
  const single = standardize && (x.length === 1 || y.length === 1);
  return single || (norm(x) === 0 && norm(y) === 0) ? 1 : 0;
}
