import type * as tf from '@tensorflow/tfjs';
import type { Tf } from '../../../engines/tfjs/load.ts';
import { magnitude } from '../../../engines/tfjs/powers.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import type { Elementwise } from '../operation.ts';
import type { DecimalsOptions } from '../options.ts';
import { asarray } from './creation.ts';
import { floating, tidily } from './tensors.ts';

type Operation<O> = (tf: Tf, x: tf.Tensor, options: Partial<O>) => tf.Tensor;

/** Wraps an operation on tensors: lists and numbers in, intermediate tensors freed. */
function elementwise<O = object>(operation: Operation<O>): Elementwise<tf.Tensor, tf.Scalar, O> {
  function call(x: number, options?: O): tf.Scalar;
  function call(x: Exclude<ArrayLike, number>, options?: O): tf.Tensor;
  function call(x: ArrayLike, options?: O): tf.Tensor | tf.Scalar;
  function call(x: ArrayLike, options?: O): tf.Tensor {
    return tidily((tf) => operation(tf, asarray(x), options ?? {}));
  }
  return call;
}

/** |x|, the modulus of complex numbers; its gradient at 0 is 0. */
export const abs = elementwise((_, x) => magnitude(x));
/** The least integer not below. */
export const ceil = elementwise((tf, x) => tf.ceil(floating(x)));
/** e to the power of x. */
export const exp = elementwise((tf, x) => tf.exp(floating(x)));
/** The greatest integer not above. */
export const floor = elementwise((tf, x) => tf.floor(floating(x)));
/** The natural logarithm. */
export const log = elementwise((tf, x) => tf.log(floating(x)));
/** The square root; its gradient at 0 is infinite. */
export const sqrt = elementwise((tf, x) => tf.sqrt(floating(x)));
/** Rounded to decimals, with ties to even. */
export const round = elementwise<DecimalsOptions>((tf, x, { decimals = 0 }) => {
  if (decimals === 0) return tf.round(floating(x));
  return tf.div(tf.round(tf.mul(floating(x), 10 ** decimals)), 10 ** decimals);
});
/** Neither NaN nor infinite. */
export const isfinite = elementwise((tf, x) => tf.isFinite(x));
/** NaN. */
export const isnan = elementwise((tf, x) => tf.isNaN(x));
/** With an imaginary part other than 0. */
export const iscomplex = elementwise((tf, x) =>
  x.dtype === 'complex64' ? tf.notEqual(tf.imag(x), 0) : tf.zeros(x.shape, 'bool'),
);
