import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';
import type { Flat } from '../../../input/arrays/array-like.ts';
import { type Dtype, isComplexDtype, isFloatDtype } from '../../../input/arrays/dtype.ts';
import { tidily } from './tensors.ts';

/**
 * A tensor of the nearest dtype that tensors have: float32, int32, bool or complex64.
 *
 * @throws RangeError for an integer beyond int32
 */
export function fromFlat(flat: Flat): tf.Tensor {
  const { data, dtype } = flat;
  const shape = [...flat.shape];
  const tf = loadTf();
  if (isComplexDtype(dtype)) return complex(data as Float64Array, shape);
  if (isFloatDtype(dtype)) return tf.tensor(Float32Array.from(data as Float64Array), shape, 'float32');
  if (dtype === 'bool') return tf.tensor(Uint8Array.from(data as Uint8Array), shape, 'bool');
  return tf.tensor(
    Int32Array.from(data as Int32Array, (value) => int32(value, dtype)),
    shape,
    'int32',
  );
}

function complex(data: Float64Array, shape: number[]): tf.Tensor {
  const part = (offset: number) => Float32Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + offset]);
  return tidily((tf) => tf.complex(tf.tensor(part(0), shape), tf.tensor(part(1), shape)));
}

function int32(value: number | bigint, dtype: Dtype): number {
  const number = Number(value);
  if (number === (number | 0)) return number;
  throw new RangeError(
    `${value} (${dtype}) does not fit int32, the only integers of the tfjs backend: cast to float32`,
  );
}
