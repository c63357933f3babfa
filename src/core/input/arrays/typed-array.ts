import type { TypedArray } from './array-like.ts';
import type { Dtype } from './dtype.ts';

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
