import type * as tf from '@tensorflow/tfjs';
import type { Tf } from '../../../engines/tfjs/load.ts';
import { magnitude, magnitudePower, root } from '../../../engines/tfjs/powers.ts';
import { withGradient } from '../../../engines/tfjs/with-gradient.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import { flatOf } from '../../../input/arrays/flat.ts';
import { asarray as asNumpy } from '../numpy/creation.ts';
import { inv as invert } from '../numpy/linalg.ts';
import type { Linalg } from '../operation.ts';
import type { NormOptions } from '../options.ts';
import { asarray } from './creation.ts';
import { extreme } from './extreme.ts';
import { fromFlat } from './from-flat.ts';
import { overAxes } from './over-axes.ts';
import { floating, tidily } from './tensors.ts';
import { requireSupported } from './unsupported.ts';

/** @throws RangeError for matrices that are singular or not square */
const inv = (x: ArrayLike): tf.Tensor => tidily((tf) => inverse(tf, floating(asarray(x))));

/** TensorFlow.js cannot invert: numpy-ts does, in float64; the gradient is -Y' dY Y'. */
const inverse = (tf: Tf, x: tf.Tensor): tf.Tensor =>
  withGradient(
    x,
    (at) => fromFlat(flatOf(invert(asNumpy(at, { dtype: 'float64' })))),
    (dy, at) => {
      const y = inverse(tf, at);
      return tf.neg(tf.matMul(tf.matMul(y, dy, true, false), y, false, true));
    },
  );

const norm = overAxes<NormOptions>((tf, given, axes, { ord, axis }) => {
  const x = given.dtype === 'complex64' ? tf.abs(given) : floating(given);
  if (ord === undefined || ord === null) return root(tf.sum(tf.square(x), axes));
  if (axes.length === 1) return vectorNorm(tf, x, axes, ord);
  if (axes.length === 2) return matrixNorm(tf, x, axes, ord);
  throw new RangeError(`norm of order ${ord} needs one or two axes, not ${axis === undefined ? x.rank : axes.length}`);
});

function vectorNorm(tf: Tf, x: tf.Tensor, axes: number[], ord: number | string): tf.Tensor {
  if (typeof ord === 'string') throw new RangeError(`norm "${ord}" is a matrix norm: use a number for vectors`);
  if (ord === 2) return root(tf.sum(tf.square(x), axes));
  if (ord === Infinity) return extreme('max', magnitude(x), axes);
  if (ord === -Infinity) return extreme('min', magnitude(x), axes);
  if (ord === 0) return tf.sum(tf.cast(tf.notEqual(x, 0), 'float32'), axes);
  if (ord === 1) return tf.sum(magnitude(x), axes);
  return root(tf.sum(magnitudePower(x, ord), axes), ord);
}

function matrixNorm(tf: Tf, x: tf.Tensor, axes: number[], ord: number | string): tf.Tensor {
  requireSupported(`matrix norm ${ord}`);
  if (ord === 'fro') return root(tf.sum(tf.square(x), axes));
  const [rows, columns] = axes;
  const which = Number(ord) > 0 ? 'max' : 'min';
  if (ord === 1 || ord === -1) return extremeSum(tf, which, x, rows, columns);
  if (ord === Infinity || ord === -Infinity) return extremeSum(tf, which, x, columns, rows);
  throw new RangeError(`unknown matrix norm ${ord}: use "fro", 1, -1, Infinity or -Infinity`);
}

/** The largest or smallest, over one axis, of the sums of magnitudes over another. */
const extremeSum = (tf: Tf, which: 'max' | 'min', x: tf.Tensor, summed: number, searched: number): tf.Tensor =>
  extreme(which, tf.sum(magnitude(x), summed, true), [searched]);

/** NumPy's linear algebra, differentiable; a norm's gradient at 0 is 0. */
export const linalg: Linalg<tf.Tensor, tf.Scalar> = { inv, norm };
