import * as np from 'numpy-ts';
import type { ArrayLike, NumpyArray } from '../../../input/arrays/array-like.ts';
import type { Linalg } from '../operation.ts';
import type { NormOptions } from '../options.ts';
import { asarray } from './creation.ts';
import { overAxes } from './over-axes.ts';

/** @throws RangeError for matrices that are singular or not square */
export function inv(x: ArrayLike): NumpyArray {
  try {
    return np.linalg.inv(asarray(x)) as NumpyArray;
  } catch (cause) {
    throw new RangeError(cause instanceof Error ? cause.message : 'inv failed', { cause });
  }
}

const norm = overAxes<number, NormOptions>((x, axis, { ord }) => {
  const order = ord ?? undefined;
  const axes = axis === undefined ? Array.from({ length: x.ndim }, (_, i) => i) : [axis].flat();
  if (order === undefined) return axis === undefined ? np.linalg.norm(x) : rootOfSquares(x, axes);
  if (axes.length === 1) return np.linalg.norm(x, order, axes[0]);
  if (axes.length === 2) return np.linalg.norm(x, order, [axes[0], axes[1]]); // without axes, numpy-ts takes the norm of a vector
  throw new RangeError(`norm of order ${order} needs one or two axes, not ${axes.length}`);
}, Number);

const rootOfSquares = (x: NumpyArray, axes: number[]): NumpyArray =>
  np.sqrt(np.asarray(np.sum(np.square(np.abs(x)), axes)));

/** NumPy's linear algebra. */
export const linalg: Linalg<NumpyArray, number> = { inv, norm };
