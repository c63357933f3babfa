import type * as tf from '@tensorflow/tfjs';
import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import { pointwiseSums } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { Direct, ManyDirect, Solution } from '../../metric/problem.ts';
import { loadTf } from '../tfjs/load.ts';
import { magnitude, magnitudePower, root } from '../tfjs/powers.ts';
import { offTape } from './along-path.ts';

/** One weight for each step, or rows of one for each channel of each step. */
export type Weights = readonly number[] | readonly (readonly number[])[];

/** Values between two polls: about a millisecond. */
const POLL_EVERY = 16_384;

/** The sum of w |x - y|^p over all steps and channels of two series of equal length; its p-th root if `rooted`. Without weights w is 1. */
export function pointwise(p: number, rooted: boolean, weights: Weights | null = null): Direct {
  return {
    cost: (d, _e, { grad }) => ({
      visited: (n) => n,
      factors: [
        {
          times: (grad ? 10 : 2) + (p === 1 || p === 2 ? 0 : grad ? 80 : 40),
          of: grad ? 'a step with its gradient' : 'a step',
        },
        ...(d > 1 ? [channelFactor(d, 0, 1)] : []),
      ],
      step: 0,
      pair: PAIR / 2,
    }),
    // Other powers have no sweep.
    ...((p === 1 || p === 2) && {
      many: {
        cells: (n) => n,
        likeLengths: true,
        layersOf: ({ data, n, d }) => [{ data, n, d }],
        batch: (some) =>
          pointwiseSums(p === 2 ? 'squares' : 'magnitudes', weights ? flatWeights(weights, some) : undefined),
        ...(rooted && p === 2 && { finish: 'sqrt' as const }),
      } satisfies ManyDirect,
    }),
    solve(s1, s2, { grad }, poll): Solution {
      const [x, y] = [s1.data, s2.data];
      const w = weights && flatWeights(weights, s1);
      let sum = sumOf(x, y, w, p, 1, poll);
      // Powers may be too small for numbers, or too large: then the largest difference is the unit.
      const isOutside = rooted && p !== 1 && p !== 2 && !(sum > SMALL && sum < Infinity);
      const unit = isOutside ? largest(x, y, w) || 1 : 1;
      if (unit !== 1) sum = sumOf(x, y, w, p, unit, poll);
      const value = rooted ? unit * rootOf(sum, p) : sum;
      if (!grad) return { value };
      // The slope of the root at 0, where the series are equal, is taken to be 0.
      const slope = rooted ? (sum > 0 ? value / unit / sum : 0) : p;
      const gradient = { s1: new Float64Array(x.length), s2: new Float64Array(x.length) };
      for (let at = 0; at < x.length; at++) {
        if (at % POLL_EVERY === 0) poll();
        const difference = x[at] - y[at];
        const share = (w ? w[at] : 1) * slope * Math.sign(difference) * power(Math.abs(difference) / unit, p - 1);
        gradient.s1[at] = share;
        gradient.s2[at] = -share;
      }
      return { value, gradient };
    },
    tensorValue(s1, s2) {
      const tf = loadTf();
      const [n, d] = s1.shape;
      const w = weights && flatWeights(weights, { n, d });
      const isRoot = rooted && p !== 1;
      // Float32 has no room for many powers.
      const unit = isRoot && p !== 2 ? largest(offTape(s1).data, offTape(s2).data, w) || 1 : 1;
      const differences = tf.sub(s1, s2);
      const powers = tensorPower(unit === 1 ? differences : tf.div(differences, unit), p);
      const sum = tf.sum(w ? tf.mul(powers, tf.tensor2d(Float32Array.from(w), [n, d])) : powers) as tf.Scalar;
      const value = (isRoot ? root(sum, p) : sum) as tf.Scalar;
      return unit === 1 ? value : tf.mul(value, unit);
    },
  };
}

/** Sums of powers below this have lost digits. */
const SMALL = 1e-290;

/** The largest difference that has a weight. */
function largest(x: Float64Array, y: Float64Array, w: Float64Array | null): number {
  let most = 0;
  for (let at = 0; at < x.length; at++) if (w === null || w[at] > 0) most = Math.max(most, Math.abs(x[at] - y[at]));
  return most;
}

/** The sum of w (|x - y| / unit)^p; the unit counts for other powers than 1 and 2, or with weights. */
function sumOf(
  x: Float64Array,
  y: Float64Array,
  w: Float64Array | null,
  p: number,
  unit: number,
  poll: () => void,
): number {
  let sum = 0;
  for (let from = 0; from < x.length; from += POLL_EVERY) {
    poll();
    sum = addTerms(sum, x, y, w, p, unit, from, Math.min(x.length, from + POLL_EVERY));
  }
  return sum;
}

/** `sum` and the terms of values from..to - 1. */
function addTerms(
  sum: number,
  x: Float64Array,
  y: Float64Array,
  w: Float64Array | null,
  p: number,
  unit: number,
  from: number,
  to: number,
): number {
  let total = sum;
  if (w) {
    for (let at = from; at < to; at++) total += w[at] * power(Math.abs(x[at] - y[at]) / unit, p);
  } else if (p === 2) {
    for (let at = from; at < to; at++) total += (x[at] - y[at]) * (x[at] - y[at]);
  } else if (p === 1) {
    for (let at = from; at < to; at++) total += Math.abs(x[at] - y[at]);
  } else if (unit === 1) {
    for (let at = from; at < to; at++) total += Math.abs(x[at] - y[at]) ** p;
  } else {
    for (let at = from; at < to; at++) total += (Math.abs(x[at] - y[at]) / unit) ** p;
  }
  return total;
}

/** The weight of each value. @throws InvalidInput where there are more or fewer weights than steps, or values in a step */
function flatWeights(weights: Weights, { n, d }: Pick<Series, 'n' | 'd'>): Float64Array {
  const wrong = (message: string, ...path: number[]) => new InvalidInput(message, ['w', ...path], 'unfit_parameter');
  if (weights.length !== n)
    throw wrong(`w has ${weights.length} weights and the series have ${n} steps: give one for each step`);
  const flat = new Float64Array(n * d);
  for (const [i, weight] of weights.entries()) {
    const row = typeof weight === 'number' ? new Array<number>(d).fill(weight) : weight;
    if (row.length !== d) throw wrong(`step ${i} of w has ${row.length} weights, and a step has ${d} values`, i);
    flat.set(row, i * d);
  }
  return flat;
}

function power(x: number, p: number): number {
  if (p === 2) return x * x;
  return p === 1 ? x : x ** p;
}

function rootOf(sum: number, p: number): number {
  if (p === 2) return Math.sqrt(sum);
  return p === 1 ? sum : sum ** (1 / p);
}

function tensorPower(x: tf.Tensor, p: number): tf.Tensor {
  if (p === 2) return loadTf().square(x);
  return p === 1 ? magnitude(x) : magnitudePower(x, p);
}
