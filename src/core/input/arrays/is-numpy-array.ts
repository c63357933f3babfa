import type { NumpyArray } from './array-like.ts';

/** Whether a value is a numpy-ts array, of whichever copy of the library. */
export function isNumpyArray(value: unknown): value is NumpyArray {
  return typeof value === 'object' && value !== null && 'tolist' in value && 'shape' in value && 'dtype' in value;
}
