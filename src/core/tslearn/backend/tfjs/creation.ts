import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';
import type { ArrayLike } from '../../../input/arrays/array-like.ts';
import { decide } from '../../../input/arrays/backend-of.ts';
import type { Dtype } from '../../../input/arrays/dtype.ts';
import { flatOf } from '../../../input/arrays/flat.ts';
import { isTensor } from '../../../input/arrays/kinds.ts';
import { arangeOf } from '../arange.ts';
import { dimensions } from '../dimensions.ts';
import type { ArangeArguments, DtypeOptions, EyeOptions, Shape, TriIndicesOptions } from '../options.ts';
import { fromFlat } from './from-flat.ts';
import { cells, tidily } from './tensors.ts';
import { tensorDtype } from './unsupported.ts';

/**
 * The tensor itself if it has the requested dtype, otherwise a new one. A list of tensors is stacked, and its gradient flows.
 * Without a dtype, floats become float32 and integers int32.
 */
export function asarray(data: ArrayLike, { dtype }: DtypeOptions = {}): tf.Tensor {
  const wanted = dtype === undefined ? undefined : tensorDtype(dtype);
  if (isTensor(data) && (wanted === undefined || data.dtype === wanted)) return data;
  return tidily((tf) => {
    const made = isTensor(data) ? data : Array.isArray(data) && decide(data) === 'tfjs' ? stacked(data) : fresh(data);
    return wanted === undefined || made.dtype === wanted ? made : tf.cast(made, wanted);
  });
}

const fresh = (data: ArrayLike): tf.Tensor => fromFlat(flatOf(data));

const stacked = (list: readonly ArrayLike[]): tf.Tensor => loadTf().stack(list.map((element) => asarray(element)));

/** A new tensor; a tensor's copy is on the tape. */
export function array(data: ArrayLike, options: DtypeOptions = {}): tf.Tensor {
  const made = asarray(data, options);
  return made === data ? loadTf().clone(made) : made;
}

/** Evenly spaced values, float32 unless a dtype is given. */
export function arange(...args: ArangeArguments): tf.Tensor {
  const { values, dtype } = arangeOf(args);
  return asarray(values, { dtype });
}

/** The same values in another dtype. */
export const cast = (x: ArrayLike, dtype: Dtype): tf.Tensor => asarray(x, { dtype });

/** A copy. */
export const copy = (x: ArrayLike): tf.Tensor => array(x);

/** One value everywhere; float32 unless a dtype is given. */
export const full = (shape: Shape, fillValue: number, { dtype = 'float32' }: DtypeOptions = {}): tf.Tensor =>
  loadTf().fill(dimensions(shape), fillValue, tensorDtype(dtype) as 'float32');

/** Zeros. */
export const zeros = (shape: Shape, { dtype = 'float32' }: DtypeOptions = {}): tf.Tensor =>
  loadTf().zeros(dimensions(shape), tensorDtype(dtype));

/** Zeros: there are no uninitialized tensors. */
export const empty = (shape: Shape, options?: DtypeOptions): tf.Tensor => zeros(shape, options);

/** Zeros in the shape and, unless another is asked for, the dtype of an array. */
export const zeros_like = (x: ArrayLike, { dtype }: DtypeOptions = {}): tf.Tensor =>
  tidily((tf) => {
    const { shape, dtype: own } = asarray(x);
    return tf.zeros(shape, dtype === undefined ? own : tensorDtype(dtype));
  });

/** Ones on a diagonal of zeros. */
export const eye = (n: number, { M = n, k = 0, dtype = 'float32' }: EyeOptions = {}): tf.Tensor =>
  tidily((tf) =>
    tf.cast(
      cells(n, M, (i, j) => j - i === k),
      tensorDtype(dtype),
    ),
  );

/** Indices of the lower triangle. */
export const tril_indices = (n: number, { k = 0, m = n }: TriIndicesOptions = {}): [tf.Tensor, tf.Tensor] =>
  indices(n, m, (i, j) => j - i <= k);

/** Indices of the upper triangle. */
export const triu_indices = (n: number, { k = 0, m = n }: TriIndicesOptions = {}): [tf.Tensor, tf.Tensor] =>
  indices(n, m, (i, j) => j - i >= k);

function indices(n: number, m: number, chosen: (i: number, j: number) => boolean): [tf.Tensor, tf.Tensor] {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      if (!chosen(i, j)) continue;
      rows.push(i);
      columns.push(j);
    }
  }
  const tf = loadTf();
  return [tf.tensor1d(rows, 'int32'), tf.tensor1d(columns, 'int32')];
}
