import * as np from 'numpy-ts';
import type { ArrayLike, NumpyArray } from '../../../input/arrays/array-like.ts';
import { axesOf, keptShape, leftShape } from '../dimensions.ts';
import type { OverAxes, WholeOptions } from '../operation.ts';
import type { ReduceOptions } from '../options.ts';
import { asarray } from './creation.ts';

/** The axes of a reduction, as numpy-ts takes them. */
export type Axis = number | number[] | undefined;

/** What numpy-ts's reductions return. */
export type Answer = np.NDArrayCore | number | bigint | boolean | np.Complex;

/**
 * Wraps one of numpy-ts's reductions: lists in; a scalar over all elements, an array along axes.
 * numpy-ts returns a scalar without a dtype whenever no axis is left, so a leading axis is kept until the end.
 */
export function overAxes<S, O extends ReduceOptions = ReduceOptions>(
  reduce: (x: NumpyArray, axis: Axis, options: Partial<O>) => Answer,
  scalar: (value: Answer) => S,
): OverAxes<NumpyArray, S, O> {
  function call(x: ArrayLike, options?: WholeOptions): S;
  function call(x: ArrayLike, options: O): NumpyArray;
  function call(x: ArrayLike, options: O | WholeOptions = {}): NumpyArray | S {
    const array = asarray(x);
    const { axis, keepdims } = options as ReduceOptions;
    const own = options as Partial<O>; // WholeOptions has nothing that O has not
    if ((axis === undefined || axis === null) && !keepdims) return scalar(reduce(array, undefined, own));
    const axes = axesOf(axis, array.ndim);
    const shifted = axes.map((i) => i + 1);
    const answer = reduce(np.expand_dims(array, 0), shifted.length === 1 ? shifted[0] : shifted, own) as NumpyArray;
    const shape = keepdims ? keptShape(array.shape, axes) : leftShape(array.shape, axes);
    return np.reshape(answer, shape);
  }
  return call;
}

/** The scalar of a numeric reduction. A complex one stays what numpy-ts made of it; the type is that of real arrays. */
export const number = (value: Answer): number =>
  value instanceof np.Complex ? (value as unknown as number) : Number(value);
