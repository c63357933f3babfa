import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import { dimensions } from '../dimensions.ts';
import type { DiagonalOptions, Shape } from '../options.ts';
import { asarray } from './creation.ts';
import { cells, tidily } from './tensors.ts';

/** The same elements in another shape; one length may be -1. */
export const reshape = (x: ArrayLike, shape: Shape): tf.Tensor =>
  tidily((tf) => tf.reshape(asarray(x), dimensions(shape)));

/** The lengths of the axes. */
export const shape = (x: ArrayLike): number[] => [...measured(x)];

/** The number of axes. */
export const ndim = (x: ArrayLike): number => measured(x).length;

function measured(x: ArrayLike): number[] {
  const lib = loadTf();
  lib.engine().startScope();
  const { shape } = asarray(x);
  lib.engine().endScope();
  return shape;
}

/** The lower triangle, zeros above. */
export const tril = (x: ArrayLike, { k = 0 }: DiagonalOptions = {}): tf.Tensor => triangle(x, (i, j) => j - i <= k);

/** The upper triangle, zeros below. */
export const triu = (x: ArrayLike, { k = 0 }: DiagonalOptions = {}): tf.Tensor => triangle(x, (i, j) => j - i >= k);

/** Selects, where multiplying by zeros would turn infinities into NaN. */
const triangle = (x: ArrayLike, chosen: (i: number, j: number) => boolean): tf.Tensor =>
  tidily((tf) => {
    const array = asarray(x);
    const [n, m] = array.shape.slice(-2);
    if (m === undefined) throw new RangeError(`a triangle needs a matrix, not shape (${array.shape.join(', ')})`);
    return tf.where(cells(n, m, chosen), array, tf.zerosLike(array));
  });

/** A vector's diagonal matrix, or a matrix's diagonal. */
export const diag = (v: ArrayLike, { k = 0 }: DiagonalOptions = {}): tf.Tensor =>
  tidily((tf) => {
    const array = asarray(v);
    if (array.rank === 1) {
      const size = array.size + Math.abs(k);
      const padded = tf.pad(array, [k < 0 ? [0, -k] : [k, 0]]); // element j in column j
      const whole = tf.broadcastTo(padded, [size, size]);
      return tf.where(
        cells(size, size, (i, j) => j - i === k),
        whole,
        tf.zerosLike(whole),
      );
    }
    if (array.rank !== 2) throw new RangeError(`diag needs one or two dimensions, not ${array.rank}`);
    const [n, m] = array.shape;
    const length = Math.max(0, Math.min(n - Math.max(-k, 0), m - Math.max(k, 0)));
    const at = Int32Array.from({ length }, (_, i) => (i + Math.max(-k, 0)) * m + i + Math.max(k, 0));
    return tf.gather(tf.reshape(array, [n * m]), tf.tensor1d(at, 'int32'));
  });

/** Side by side: along the first axis for vectors, else along the second. */
export const hstack = (arrays: readonly ArrayLike[]): tf.Tensor =>
  tidily((tf) => {
    const all = promoted(arrays).map((array) => atLeast(1, array));
    return tf.concat(all, all[0].rank === 1 ? 0 : 1);
  });

/** On top of each other, vectors as rows. */
export const vstack = (arrays: readonly ArrayLike[]): tf.Tensor =>
  tidily((tf) =>
    tf.concat(
      promoted(arrays).map((array) => atLeast(2, array)),
      0,
    ),
  );

const atLeast = (rank: number, x: tf.Tensor): tf.Tensor =>
  x.rank >= rank ? x : loadTf().reshape(x, rank === 1 ? [1] : [1, x.size]);

/** tf.concat stacks in the dtype of the first tensor, which would truncate the fractions of the others. */
function promoted(arrays: readonly ArrayLike[]): tf.Tensor[] {
  const lib = loadTf();
  const all = arrays.map((array) => asarray(array));
  if (all.length === 0) throw new RangeError('need at least one array to stack');
  const dtype = all.map((array): keyof tf.DataTypeMap => array.dtype).reduce(lib.backend_util.upcastType);
  return all.map((array) => (array.dtype === dtype ? array : lib.cast(array, dtype)));
}
