import type { ArrayLike, ComplexNumber, Flat, NumpyArray, PlainList, TypedArray } from './array-like.ts';
import { type Dtype, isComplexDtype } from './dtype.ts';
import { dtypeOfTypedArray, isNumpyArray, isTensor, isTypedArray } from './kinds.ts';
import { loadNumpy } from './load-numpy.ts';
import { readList } from './read-list.ts';

/**
 * Reads an array of any kind. The data may be the array's own, so do not write to them.
 *
 * @throws RangeError for a ragged list and for elements that are not numbers
 */
export function flatOf(given: ArrayLike): Flat {
  if (isTensor(given)) return { data: given.dataSync() as TypedArray, shape: given.shape, dtype: given.dtype as Dtype };
  if (isNumpyArray(given)) return { data: numpyData(given), shape: [...given.shape], dtype: given.dtype };
  if (isTypedArray(given)) return { data: given, shape: [given.length], dtype: dtypeOfTypedArray(given) };
  return readList(given, (array) => listOf(flatOf(array)));
}

/** A copy, because numpy-ts keeps its data in WebAssembly memory, whose views die when it grows. */
const numpyData = (array: NumpyArray): TypedArray => loadNumpy().flatten(array).data.slice() as TypedArray;

/** The nested list of an array's elements: numbers (bools as 0 and 1, int64 rounded to doubles) and `{ re, im }`. */
export function listOf({ data, shape, dtype }: Flat): PlainList {
  const complex = isComplexDtype(dtype);
  let at = 0;
  const element = (): number | ComplexNumber =>
    complex ? { re: Number(data[at++]), im: Number(data[at++]) } : Number(data[at++]);
  const nest = (axis: number): PlainList =>
    axis === shape.length ? element() : Array.from({ length: shape[axis] }, () => nest(axis + 1));
  return nest(0);
}
