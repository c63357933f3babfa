import type * as tf from '@tensorflow/tfjs';
import type { AnyArray } from '../../input/arrays/array-like.ts';
import type { ArrayBackend } from './array-backend.ts';
import type { RawBackend } from './raw-backend.ts';

/** The 65 public names that tslearn's NumPy and PyTorch backends share, and so do ours. */
export const backendNames = [
  ...(['backend_string', 'linalg', 'random', 'testing'] as const),
  ...(['int8', 'int16', 'int32', 'int64', 'float32', 'float64', 'complex64', 'complex128'] as const),
  ...(['inf', 'nan', 'dbl_max'] as const),
  ...(['array', 'asarray', 'arange', 'cast', 'copy', 'diag', 'empty', 'eye', 'from_numpy', 'full', 'hstack'] as const),
  ...(['reshape', 'shape', 'ndim', 'to_numpy', 'tril', 'tril_indices', 'triu', 'triu_indices', 'vstack'] as const),
  ...(['zeros', 'zeros_like'] as const),
  ...(['abs', 'all', 'any', 'argmax', 'argmin', 'ceil', 'exp', 'floor', 'isfinite', 'isnan', 'iscomplex'] as const),
  ...(['log', 'max', 'mean', 'median', 'min', 'round', 'sqrt', 'sum'] as const),
  ...(['cdist', 'pdist', 'pairwise_distances', 'pairwise_euclidean_distances'] as const),
  ...(['belongs_to_backend', 'is_array', 'is_float', 'is_float32', 'is_float64'] as const),
] as const;

/** The operations of either backend, without knowing which. */
export type EitherBackend = ArrayBackend<AnyArray, number | tf.Scalar, boolean | tf.Scalar>;

abstract class Forwarding {
  abstract getBackend(): RawBackend;
}

for (const name of backendNames) {
  Object.defineProperty(Forwarding.prototype, name, {
    enumerable: true,
    get(this: Forwarding) {
      return this.getBackend()[name];
    },
  });
}

/** A base class with every name of the backend that the subclass returns from `getBackend`. */
// The cast tells TypeScript about the getters that the loop above defined.
export const ForwardingBackend = Forwarding as abstract new () => Forwarding & EitherBackend;
