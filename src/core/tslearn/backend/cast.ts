import type * as tf from '@tensorflow/tfjs';
import type { AnyArray, ArrayLike, NumpyArray, PlainList } from '../../input/arrays/array-like.ts';
import { backendNamed } from '../../input/arrays/backend-of.ts';
import { flatOf, listOf } from '../../input/arrays/flat.ts';
import { asarray as asNumpy } from './numpy/creation.ts';
import { asarray as asTensor } from './tfjs/creation.ts';

/**
 * Converts numbers between numpy-ts arrays, tensors and nested lists, after tslearn's `cast`. A value of the requested kind
 * is returned as it is, unless it is a list. On "tfjs", float64 becomes float32 and integers int32.
 *
 * @throws RangeError for another kind, a ragged list, or an integer that int32 cannot hold
 */
export function cast(data: ArrayLike, to: 'numpy'): NumpyArray;
export function cast(data: ArrayLike, to: 'tfjs' | 'pytorch'): tf.Tensor;
export function cast(data: ArrayLike, to: 'list'): PlainList;
export function cast(data: ArrayLike, to: 'numpy' | 'tfjs' | 'pytorch' | 'list'): AnyArray | PlainList;
export function cast(data: ArrayLike, to: string): AnyArray | PlainList {
  if (to === 'list') return listOf(flatOf(data));
  return backendNamed(to) === 'numpy' ? asNumpy(data) : asTensor(data);
}
