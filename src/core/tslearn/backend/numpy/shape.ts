import * as np from 'numpy-ts';
import type { ArrayLike, NumpyArray } from '../../../input/arrays/array-like.ts';
import { dimensions } from '../dimensions.ts';
import type { DiagonalOptions, Shape } from '../options.ts';
import { asarray } from './creation.ts';

/** The same elements in another shape; one length may be -1. */
export const reshape = (x: ArrayLike, shape: Shape): NumpyArray => np.reshape(asarray(x), dimensions(shape));

/** The lengths of the axes. */
export const shape = (x: ArrayLike): number[] => [...asarray(x).shape];

/** The number of axes. */
export const ndim = (x: ArrayLike): number => asarray(x).ndim;

/** The lower triangle, zeros above. */
export const tril = (x: ArrayLike, { k }: DiagonalOptions = {}): NumpyArray => np.tril(asarray(x), k);

/** The upper triangle, zeros below. */
export const triu = (x: ArrayLike, { k }: DiagonalOptions = {}): NumpyArray => np.triu(asarray(x), k);

/** Side by side: along the first axis for vectors, else along the second. */
export const hstack = (arrays: readonly ArrayLike[]): NumpyArray =>
  np.hstack(promoted(arrays).map((array) => (array.ndim === 0 ? np.reshape(array, [1]) : array)));

/** On top of each other, vectors as rows. */
export const vstack = (arrays: readonly ArrayLike[]): NumpyArray => np.vstack(promoted(arrays));

/** numpy-ts stacks in the dtype of the first array, which would truncate the fractions of the others. */
function promoted(arrays: readonly ArrayLike[]): NumpyArray[] {
  const all = arrays.map((array) => asarray(array));
  if (all.length === 0) throw new RangeError('need at least one array to stack');
  const dtype = all.map((array) => array.dtype).reduce((one, other) => np.promote_types(one, other));
  return all.map((array) => asarray(array, { dtype }));
}
