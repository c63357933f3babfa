import type * as tf from '@tensorflow/tfjs';
import type { NumpyArray, TypedArray } from './array-like.ts';
import type { Dtype } from './dtype.ts';

/** Whether a value is a TensorFlow.js tensor, from any copy of the library; loads none. */
export const isTensor = (value: unknown): value is tf.Tensor =>
  typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value && 'dtype' in value;

/** Whether a value is a numpy-ts array, from any copy of the library. */
export const isNumpyArray = (value: unknown): value is NumpyArray =>
  typeof value === 'object' && value !== null && 'tolist' in value && 'shape' in value && 'dtype' in value;

/** Whether a value is one of JavaScript's flat number arrays. */
export const isTypedArray = (value: unknown): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

/** The dtype whose elements a typed array holds. */
export function dtypeOfTypedArray(data: TypedArray): Dtype {
  const name = data[Symbol.toStringTag];
  if (name === 'BigInt64Array') return 'int64';
  if (name === 'BigUint64Array') return 'uint64';
  if (name === 'Uint8ClampedArray') return 'uint8';
  return name.replace('Array', '').toLowerCase() as Dtype; // e.g. Float32Array: the name spells the dtype
}
