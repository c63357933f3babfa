import * as np from 'numpy-ts';
import type { ArrayLike, NumpyArray } from '../../../input/arrays/array-like.ts';
import type { Elementwise } from '../operation.ts';
import type { DecimalsOptions } from '../options.ts';
import { asarray } from './creation.ts';

type Operation<O> = (x: NumpyArray, options: Partial<O>) => NumpyArray;

/** Wraps an operation on arrays: lists in, and a plain number or boolean out for a number in. */
function elementwise<S, O = object>(
  operation: Operation<O>,
  scalar: (value: number) => S,
): Elementwise<NumpyArray, S, O> {
  function call(x: number, options?: O): S;
  function call(x: Exclude<ArrayLike, number>, options?: O): NumpyArray;
  function call(x: ArrayLike, options?: O): NumpyArray | S;
  function call(x: ArrayLike, options?: O): NumpyArray | S {
    const result = operation(asarray(x), options ?? {});
    return typeof x === 'number' ? scalar(Number(result.item())) : result;
  }
  return call;
}

/** |x|, the modulus of complex numbers. */
export const abs = elementwise((x) => np.abs(x), Number);
/** The least integer not below. */
export const ceil = elementwise((x) => np.ceil(x), Number);
/** e to the power of x. */
export const exp = elementwise((x) => np.exp(x), Number);
/** The greatest integer not above. */
export const floor = elementwise((x) => np.floor(x), Number);
/** The natural logarithm. */
export const log = elementwise((x) => np.log(x), Number);
/** The square root. */
export const sqrt = elementwise((x) => np.sqrt(x), Number);
/** Rounded to decimals, with ties to even. */
export const round = elementwise<number, DecimalsOptions>((x, { decimals }) => np.round(x, decimals), Number);
/** Neither NaN nor infinite. */
export const isfinite = elementwise((x) => np.isfinite(x), Boolean);
/** NaN. */
export const isnan = elementwise((x) => np.isnan(x), Boolean);
/** With an imaginary part other than 0. */
export const iscomplex = elementwise((x) => np.iscomplex(x), Boolean);
