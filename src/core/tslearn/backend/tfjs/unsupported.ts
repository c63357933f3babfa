import type * as tf from '@tensorflow/tfjs';
import type { Dtype } from '../../../input/arrays/dtype.ts';

const STORAGE = 'TensorFlow.js stores float32, int32, bool and complex64 only';

/** What this backend cannot do, and why. The names of these dtypes exist all the same; using one throws the reason. */
export const unsupported: ReadonlyMap<string, string> = new Map([
  ['float64', `${STORAGE}: use float32, or be "numpy"`],
  ['float16', `${STORAGE}: use float32`],
  ['complex128', `${STORAGE}: use complex64, or be "numpy"`],
  ...['int8', 'int16', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'].map((name): [string, string] => [
    name,
    `${STORAGE}: use int32, or be "numpy"`,
  ]),
  ...['nuc', '2', '-2'].map((ord): [string, string] => [
    `matrix norm ${ord}`,
    'TensorFlow.js has no singular values: use "fro", 1 or Infinity, or be "numpy"',
  ]),
]);

/** @throws RangeError with the reason if the backend cannot do what the name says */
export function requireSupported(name: string): void {
  const reason = unsupported.get(name);
  if (reason !== undefined) throw new RangeError(`the tfjs backend has no ${name}. ${reason}`);
}

/** A dtype that tensors can have. @throws RangeError for another */
export function tensorDtype(dtype: Dtype): keyof tf.DataTypeMap {
  requireSupported(dtype);
  return dtype as keyof tf.DataTypeMap; // whatever is not in the list above is one
}
