import { InvalidInput } from '../errors.ts';
import { flatOf } from './arrays/flat.ts';
import { isNumpyArray, isTensor, isTypedArray } from './arrays/kinds.ts';
import { isGrid } from './grid.ts';

/**
 * One time series as the kernels need it: `n` time steps of `d` values, flat, row-major, time-major.
 *
 * `n` counts the steps that remain after trailing missing ones are trimmed (tslearn's padding); `sz` and `ndim` record
 * the shape of the input, so that a gradient can be returned in the same shape.
 */
export interface Series {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly sz: number;
  readonly ndim: 1 | 2;
}

/** Whatever is accepted as a series; `null` and NaN mean missing. Tensors and numpy-ts arrays are read by shape. */
export type SeriesLike =
  | readonly (number | null)[]
  | readonly (readonly (number | null)[])[]
  | Float64Array
  | Float32Array
  | { readonly shape: readonly number[] };

const EMPTY = 'contains only missing values or has zero length';

/**
 * Reads a series of shape (sz,) or (sz, d). Trailing missing steps are trimmed.
 *
 * @param name what to call it in an error: the parameter's name, or a path to it
 * @throws InvalidInput at the first value that is missing inside, not finite, not a number, or in a ragged row
 */
export function readSeries(value: unknown, ...name: readonly (string | number)[]): Series {
  if (Array.isArray(value)) return Array.isArray(value[0]) ? readRows(value, name) : readNumbers(value, name);
  if (value instanceof Float64Array || value instanceof Float32Array) return readNumbers(value, name);
  if (isTensor(value) || isNumpyArray(value) || isTypedArray(value)) {
    const { data, shape, dtype } = flatOf(value);
    if (!/^(float|u?int|bool)/.test(dtype)) {
      throw new InvalidInput(`${label(name)} must hold real numbers, not ${dtype}`, name);
    }
    return readShaped(Float64Array.from(data, Number), shape, name);
  }
  if (isGrid(value)) return readShaped(value.data, value.shape, name);
  throw new InvalidInput(`${label(name)} must be an array of numbers, or of rows of numbers`, name);
}

/** @throws InvalidInput if the feature sizes differ; the error points at the second series or dataset */
export function requireSameFeatures(
  a: { d: number },
  b: { d: number },
  name: readonly (string | number)[] = ['s2'],
): void {
  if (a.d === b.d) return;
  throw new InvalidInput(`All input time series must have the same feature size: ${a.d} and ${b.d} differ`, name);
}

function readNumbers(values: ArrayLike<unknown>, name: readonly (string | number)[]): Series {
  const sz = values.length;
  const data = new Float64Array(sz);
  for (let i = 0; i < sz; i++) {
    const x = values[i];
    if (typeof x === 'number' && Number.isFinite(x)) data[i] = x;
    else if (isMissing(x)) data[i] = Number.NaN;
    else throw notANumber(x, [...name, i]);
  }
  return trimmed(data, sz, 1, 1, name);
}

function readRows(rows: readonly unknown[], name: readonly (string | number)[]): Series {
  const sz = rows.length;
  const d = (rows[0] as unknown[]).length;
  if (d === 0) throw new InvalidInput(`${label(name)} ${EMPTY}`, name, 'empty_series');
  const data = new Float64Array(sz * d);
  for (let i = 0, at = 0; i < sz; i++) {
    const row = rows[i];
    if (!Array.isArray(row)) throw new InvalidInput(`expected a row of ${d} numbers`, [...name, i]);
    if (row.length !== d) throw new InvalidInput(`expected a row of ${d} numbers, got ${row.length}`, [...name, i]);
    for (let k = 0; k < d; k++, at++) {
      const x = row[k];
      if (typeof x === 'number' && Number.isFinite(x)) data[at] = x;
      else if (isMissing(x)) data[at] = Number.NaN;
      else throw notANumber(x, [...name, i, k]);
    }
  }
  return trimmed(data, sz, d, 2, name);
}

/** The same from flat values of a shape. */
export function readShaped(
  values: ArrayLike<number>,
  shape: readonly number[],
  name: readonly (string | number)[],
): Series {
  if (shape.length !== 1 && shape.length !== 2) {
    throw new InvalidInput(`${label(name)} must have shape (sz,) or (sz, d), not (${shape.join(', ')})`, name);
  }
  const [sz, d = 1] = shape as [number, number?];
  const ndim = shape.length;
  const data = values instanceof Float64Array ? values : Float64Array.from(values);
  for (let at = 0; at < data.length; at++) {
    const x = data[at] as number;
    if (Number.isFinite(x) || Number.isNaN(x)) continue;
    throw notANumber(x, [...name, ...(ndim === 1 ? [at] : [Math.floor(at / d), at % d])]);
  }
  return trimmed(data, sz, d, ndim, name);
}

/** A step is trimmed only if all its values are missing and no later step has any. */
function trimmed(data: Float64Array, sz: number, d: number, ndim: 1 | 2, name: readonly (string | number)[]): Series {
  let end = data.length;
  while (end > 0 && Number.isNaN(data[end - 1])) end--;
  const n = Math.ceil(end / d);
  if (n === 0 || d === 0) throw new InvalidInput(`${label(name)} ${EMPTY}`, name, 'empty_series');
  for (let at = 0; at < n * d; at++) {
    if (Number.isNaN(data[at])) {
      const place = ndim === 1 ? [at] : [Math.floor(at / d), at % d];
      throw new InvalidInput('missing value inside the series: only trailing steps may be missing', [
        ...name,
        ...place,
      ]);
    }
  }
  return { data: data.subarray(0, n * d), n, d, sz, ndim };
}

const isMissing = (x: unknown): boolean => x === null || Number.isNaN(x);

function notANumber(x: unknown, path: readonly (string | number)[]): InvalidInput {
  const found = typeof x === 'number' ? String(x) : Array.isArray(x) ? 'an array' : `a value of type ${typeof x}`;
  return new InvalidInput(`expected a finite number, got ${found}`, path);
}

const label = (name: readonly (string | number)[]): string => (name.length > 0 ? name.join('/') : 'the series');
