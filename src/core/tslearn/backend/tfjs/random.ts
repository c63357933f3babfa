import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';
import { dimensions } from '../dimensions.ts';
import type { Random } from '../operation.ts';
import type { Shape } from '../options.ts';
import { tidily } from './tensors.ts';
import { tensorDtype } from './unsupported.ts';

const sizeOf = (size: Shape | null | undefined): number[] => dimensions(size ?? []);

/** Random tensors; without a size, scalars. */
export const random: Random<tf.Tensor, tf.Scalar> = {
  rand: (...shape) => loadTf().randomUniform(shape),
  randn: (...shape) => loadTf().randomNormal(shape),
  randint(low, high, { size, dtype = 'int32' } = {}) {
    const [from, to] = high === undefined || high === null ? [0, low] : [low, high];
    if (!(to > from)) throw new RangeError(`randint needs low < high, not ${from} and ${to}`);
    const wanted = tensorDtype(dtype);
    return tidily((tf) => tf.cast(tf.floor(tf.randomUniform(sizeOf(size), from, to)), wanted));
  },
  normal: ({ loc = 0, scale = 1, size } = {}) => loadTf().randomNormal(sizeOf(size), loc, scale),
  uniform: ({ low = 0, high = 1, size, dtype = 'float32' } = {}) =>
    tidily((tf) => tf.cast(tf.randomUniform(sizeOf(size), low, high), tensorDtype(dtype))),
};
