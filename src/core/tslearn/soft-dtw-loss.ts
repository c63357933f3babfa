import type * as tf from '@tensorflow/tfjs';
import { pairsSolver } from '../engines/solve-pairs.ts';
import { kernelOperation } from '../engines/tfjs/kernel-operation.ts';
import { loadTf } from '../engines/tfjs/load.ts';
import { InvalidInput } from '../errors.ts';
import { readShaped, requireSameFeatures, type Series } from '../input/series.ts';
import type { Constraint } from '../metric/band.ts';
import { type LocalMetric, refusePrecomputed } from '../metric/local-metric.ts';
import { readParams } from '../metric/params.ts';
import { softDtw } from '../metrics/soft-dtw.ts';
import { softDtwNormalized } from '../metrics/soft-dtw-normalized.ts';

/** The options of `softDtwLoss`. */
export interface SoftDtwLossOptions extends Partial<Constraint> {
  /** 1 by default; 0 is dtw squared. */
  readonly gamma?: number;
  /** Whether to take the divergence, which is 0 for equal series. */
  readonly normalize?: boolean;
  /** The cost of a pair of steps, by name; squared Euclidean by default; not with `normalize`. Replaces tslearn's `dist_func`. */
  readonly metric?: Exclude<LocalMetric['metric'], 'precomputed'>;
  readonly p?: LocalMetric['p'];
}

/**
 * soft-DTW as a loss to train on: `model.compile({ optimizer, loss: softDtwLoss({ gamma: 0.1 }) })`. After tslearn's SoftDTWLossPyTorch.
 *
 * The function takes batches of shapes (b, sz) or (b, sz, d); targets and predictions may differ in sz, and a target may end in missing
 * steps (NaN). It returns one loss per pair, shape (b,), in squared units of the series; tfjs trains on their mean. Values and gradients with respect to both
 * arguments come from the float64 kernels in one sweep. They can be differentiated only once.
 *
 * @throws InvalidInput (a RangeError): for options immediately, for a batch when it is used; the path is ["yTrue" or "yPred", k, ...]
 */
export function softDtwLoss({
  normalize = false,
  ...given
}: SoftDtwLossOptions = {}): (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor1D {
  const { record } = normalize ? softDtwNormalized : softDtw;
  const params = readParams(record, given);
  refusePrecomputed(params);
  const solve = pairsSolver(record, params, 'numpy', { grad: 'series' });
  return (yTrue, yPred) => {
    const b = requireBatches(yTrue, yPred);
    const losses = kernelOperation(yTrue, yPred, (x, y) => {
      const found = { value: new Float32Array(b), s1: new Float64Array(x.length), s2: new Float64Array(y.length) };
      const pairs = Array.from({ length: b }, (_, k): [Series, Series] => {
        const s1 = seriesAt(x, yTrue.shape, k, 'yTrue');
        const s2 = seriesAt(y, yPred.shape, k, 'yPred');
        requireSameFeatures(s1, s2, ['yPred', k]);
        if (s2.n < s2.sz) throw new InvalidInput('a prediction has missing steps', ['yPred', k, s2.n]);
        return [s1, s2];
      });
      solve(pairs, {
        look: () => {},
        put(k, { value, gradient }) {
          const [s1, s2] = pairs[k];
          found.value[k] = value;
          found.s1.set(gradient?.s1 ?? [], k * s1.sz * s1.d);
          found.s2.set(gradient?.s2 ?? [], k * s2.sz * s2.d);
        },
      });
      return { ...found, value: loadTf().tensor1d(found.value) };
    });
    return losses as tf.Tensor1D;
  };
}

function requireBatches(yTrue: tf.Tensor, yPred: tf.Tensor): number {
  for (const [name, { rank, shape }] of Object.entries({ yTrue, yPred })) {
    if (rank === 2 || rank === 3) continue;
    throw new InvalidInput(`${name} must have shape (b, sz) or (b, sz, d), not (${shape.join(', ')})`, [name]);
  }
  const [b] = yTrue.shape as [number];
  if (yPred.shape[0] === b) return b;
  throw new InvalidInput(`yTrue holds ${b} series but yPred holds ${yPred.shape[0]}: they must match`, ['yPred']);
}

function seriesAt(batch: Float64Array, [, ...shape]: readonly number[], k: number, name: string): Series {
  const size = shape.reduce((product, length) => product * length, 1);
  return readShaped(batch.subarray(k * size, (k + 1) * size), shape, [name, k]);
}
