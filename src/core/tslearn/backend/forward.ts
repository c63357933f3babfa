import type * as tf from '@tensorflow/tfjs';
import type { AnyArray } from '../../input/arrays/array-like.ts';
import type { ArrayBackend } from './array-backend.ts';
import { backendNames } from './names.ts';
import type { RawBackend } from './raw-backend.ts';

/** Either backend's operations, seen without knowing which. */
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

/** A base class that has every name of the backend which its heir's `getBackend` answers. */
// The cast tells TypeScript of the getters that the loop above defined.
export const ForwardingBackend = Forwarding as abstract new () => Forwarding & EitherBackend;
