import * as np from 'numpy-ts';
import type { ArrayLike, Flat, NumpyArray } from '../../../input/arrays/array-like.ts';
import { type Dtype, isComplexDtype } from '../../../input/arrays/dtype.ts';
import { flatOf } from '../../../input/arrays/flat.ts';
import { isNumpyArray } from '../../../input/arrays/kinds.ts';
import { arangeOf } from '../arange.ts';
import { dimensions } from '../dimensions.ts';
import type {
  ArangeArguments,
  DiagonalOptions,
  DtypeOptions,
  EyeOptions,
  Shape,
  TriIndicesOptions,
} from '../options.ts';

/** The array itself if it is a numpy-ts array of the requested dtype, otherwise a new one. */
export function asarray(data: ArrayLike, { dtype }: DtypeOptions = {}): NumpyArray {
  const array = isNumpyArray(data) ? methodful(data) : fromFlat(flatOf(data));
  return dtype === undefined || array.dtype === dtype ? array : array.astype(dtype);
}

/** numpy-ts/core makes arrays without methods. */
const methodful = (array: NumpyArray): NumpyArray => (array instanceof np.NDArray ? array : np.copy(array));

function fromFlat({ data, shape, dtype }: Flat): NumpyArray {
  return np.reshape(isComplexDtype(dtype) ? complex(data as Float64Array, dtype) : np.array(data, dtype), [...shape]);
}

const complex = (data: ArrayLike & { length: number; [at: number]: number }, dtype: Dtype): NumpyArray =>
  np.array(
    Array.from({ length: data.length / 2 }, (_, i) => new np.Complex(data[2 * i], data[2 * i + 1])),
    dtype,
  );

/** A new array. */
export function array(data: ArrayLike, options: DtypeOptions = {}): NumpyArray {
  const made = asarray(data, options);
  return made === data ? np.copy(made) : made;
}

/** Evenly spaced values, float64 unless a dtype is given. */
export function arange(...args: ArangeArguments): NumpyArray {
  const { values, dtype } = arangeOf(args);
  return asarray(values, { dtype });
}

/** The same values in another dtype. */
export const cast = (x: ArrayLike, dtype: Dtype): NumpyArray => asarray(x, { dtype });

/** A copy that shares nothing with its source. */
export const copy = (x: ArrayLike): NumpyArray => np.copy(asarray(x));

/** A vector's diagonal matrix, or a matrix's diagonal. */
export const diag = (v: ArrayLike, { k }: DiagonalOptions = {}): NumpyArray => np.diag(asarray(v), k);

/** An uninitialized array. */
export const empty = (shape: Shape, { dtype }: DtypeOptions = {}): NumpyArray => np.empty(dimensions(shape), dtype);

/** Ones on a diagonal of zeros. */
export const eye = (n: number, { M, k, dtype }: EyeOptions = {}): NumpyArray => np.eye(n, M, k, dtype);

/** One value everywhere; float64 unless a dtype is given. */
export const full = (shape: Shape, fillValue: number, { dtype = 'float64' }: DtypeOptions = {}): NumpyArray =>
  np.full(dimensions(shape), fillValue, dtype);

/** Zeros. */
export const zeros = (shape: Shape, { dtype }: DtypeOptions = {}): NumpyArray => np.zeros(dimensions(shape), dtype);

/** Zeros in the shape and, unless another is asked for, the dtype of an array. */
export const zeros_like = (x: ArrayLike, { dtype }: DtypeOptions = {}): NumpyArray => np.zeros_like(asarray(x), dtype);

/** Indices of the lower triangle. */
export const tril_indices = (n: number, { k, m }: TriIndicesOptions = {}): [NumpyArray, NumpyArray] =>
  integers(np.tril_indices(n, k, m));

/** Indices of the upper triangle. */
export const triu_indices = (n: number, { k, m }: TriIndicesOptions = {}): [NumpyArray, NumpyArray] =>
  integers(np.triu_indices(n, k, m));

/** numpy-ts returns indices as float64. */
const integers = ([rows, columns]: NumpyArray[]): [NumpyArray, NumpyArray] => [
  rows.astype('int32'),
  columns.astype('int32'),
];
