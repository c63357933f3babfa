import * as np from 'numpy-ts';
import type { ArrayLike, NumpyArray } from '../../../input/arrays/array-like.ts';
import {
  condensedPairs,
  type DistanceName,
  requireDistance,
  requireDistanceValue,
  requireOrder,
  requireRows,
} from '../distance.ts';
import type { DistanceFunction, DistanceOptions } from '../options.ts';
import { asarray } from './creation.ts';

/** Distances along the last axis of arrays that broadcast. Differences come first: expanding the square would cancel. */
const metrics: Record<DistanceName, (a: NumpyArray, b: NumpyArray, p: number) => NumpyArray> = {
  euclidean: (a, b) => np.sqrt(total(np.square(np.subtract(a, b)))),
  sqeuclidean: (a, b) => total(np.square(np.subtract(a, b))),
  cityblock: (a, b) => total(np.abs(np.subtract(a, b))),
  chebyshev: (a, b) => np.asarray(np.max(np.abs(np.subtract(a, b)), -1)),
  minkowski(a, b, p) {
    if (requireOrder(p) === Infinity) return metrics.chebyshev(a, b, p);
    return np.power(total(np.power(np.abs(np.subtract(a, b)), p)), 1 / p);
  },
  cosine(a, b) {
    const lengths = np.multiply(np.sqrt(total(np.square(a))), np.sqrt(total(np.square(b))));
    return np.clip(np.add(np.negative(np.divide(total(np.multiply(a, b)), lengths)), 1), 0, 2);
  },
};

const total = (x: NumpyArray): NumpyArray => np.asarray(np.sum(x, -1));

/** Distances between the rows of two matrices. */
export function cdist(xa: ArrayLike, xb: ArrayLike, options: DistanceOptions<NumpyArray> = {}): NumpyArray {
  const { metric = 'euclidean', p = 2 } = options;
  const [a, b] = [rows(xa), rows(xb)];
  requireRows(a, b);
  const [n, m] = [a.shape[0], b.shape[0]];
  if (typeof metric === 'function') {
    return called(metric, n * m, (pair) => [a.row(Math.floor(pair / m)), b.row(pair % m)]).reshape(n, m);
  }
  requireDistance(metric);
  const across = np.expand_dims(b, 0);
  const step = Math.max(1, Math.floor(BLOCK / Math.max(b.size, 1)));
  const blocks: NumpyArray[] = [];
  for (let i = 0; i < n; i += step) {
    blocks.push(metrics[metric](np.expand_dims(a.rows(i, Math.min(i + step, n)), 1), across, p));
  }
  return n === 0 ? np.zeros([0, m]) : np.vstack(blocks);
}

/** Differences held at once: 32 MiB of float64. */
const BLOCK = 2 ** 22;

/** Distances between the rows of one matrix, each pair once. */
export function pdist(x: ArrayLike, { metric = 'euclidean', p = 2 }: DistanceOptions<NumpyArray> = {}): NumpyArray {
  const a = rows(x);
  requireRows(a, a);
  const { rows: i, columns: j } = condensedPairs(a.shape[0]);
  if (typeof metric === 'function') return called(metric, i.length, (pair) => [a.row(i[pair]), a.row(j[pair])]);
  requireDistance(metric);
  return i.length === 0 ? np.zeros([0]) : metrics[metric](np.take(a, i, 0), np.take(a, j, 0), p);
}

/** Distances between the rows of x and those of y, or of x. */
export const pairwise_distances = (
  x: ArrayLike,
  y?: ArrayLike | null,
  options?: DistanceOptions<NumpyArray>,
): NumpyArray => cdist(x, y ?? x, options);

/** Euclidean distances between the rows of x and those of y, or of x. */
export const pairwise_euclidean_distances = (x: ArrayLike, y?: ArrayLike | null): NumpyArray => cdist(x, y ?? x);

/** Integers are computed as float64. */
function rows(x: ArrayLike): NumpyArray {
  const array = asarray(x);
  return array.dtype === 'float32' ? array : asarray(array, { dtype: 'float64' });
}

function called(
  metric: DistanceFunction<NumpyArray>,
  pairs: number,
  rowsOf: (pair: number) => [NumpyArray, NumpyArray],
): NumpyArray {
  const values = Float64Array.from({ length: pairs }, (_, pair) => {
    const value = requireDistanceValue(metric(...rowsOf(pair)));
    return typeof value === 'number' ? value : Number(value.item());
  });
  return np.array(values);
}
