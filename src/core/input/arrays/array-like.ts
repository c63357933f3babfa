import type * as tf from '@tensorflow/tfjs';
import type { NDArray } from 'numpy-ts';
import type { Dtype } from './dtype.ts';

/** The numpy backend's array: a numpy-ts array of any dtype. */
export type NumpyArray = NDArray;

/** An array of either backend. */
export type AnyArray = NumpyArray | tf.Tensor;

/** JavaScript's flat number arrays. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** A complex number in a list. */
export interface ComplexNumber {
  readonly re: number;
  readonly im: number;
}

/** One element of a list. `null` is a missing value and becomes NaN. */
export type Leaf = number | boolean | bigint | null | ComplexNumber;

/** Nested lists, rectangular; arrays may take the place of lists at any depth. */
export type NestedList = readonly (Leaf | TypedArray | AnyArray | NestedList)[];

/** Whatever the backends accept as an array. */
export type ArrayLike = Leaf | NestedList | TypedArray | AnyArray;

/** The plain list that `cast(data, 'list')` returns: a single number for an array without dimensions. */
export type PlainList = number | ComplexNumber | PlainList[];

/** The common form of all arrays: elements in row-major order. Complex ones are real, imaginary, real, ... */
export interface Flat {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}
