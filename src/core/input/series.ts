import { InvalidInput, throwIfStopped } from '../errors.ts';
import { zeros } from '../kernels/short-arrays.ts';
import { flatOf } from './arrays/flat.ts';
import { isNumpyArray, isTensor, isTypedArray } from './arrays/kinds.ts';
import { isGrid } from './grid.ts';
import { ChannelsFirst, type Layout, placeOf, transposed } from './layout.ts';

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
  /** Present if the input had its channels first. The data is time-major anyway. */
  readonly layout?: 'channels_first';
  /** Present if it is a view of a data set that outlives the request: which one. */
  readonly kept?: { readonly digest: string };
}

/** Whatever is accepted as a series; `null` and NaN mean missing. Tensors and numpy-ts arrays are read by shape. */
export type SeriesLike =
  | readonly (number | null)[]
  | readonly (readonly (number | null)[])[]
  | Float64Array
  | Float32Array
  | { readonly shape: readonly number[] };

/** Numbers read between two looks at whether to stop: about a millisecond. */
const CHECK_EVERY = 100_000;

const EMPTY = 'contains only missing values or has zero length';

/**
 * Reads a series of shape (sz,) or (sz, d), or (d, sz) if its channels come first. Trailing missing steps are trimmed.
 *
 * @param name what to call it in an error: the parameter's name, or a path to it
 * @throws InvalidInput at the first value that is missing inside, not finite, not a number, or in a ragged row
 */
export function readSeries(value: unknown, ...name: readonly (string | number)[]): Series {
  return value instanceof ChannelsFirst
    ? readSeriesIn('channels_first', value.value, ...name)
    : readSeriesIn('time_first', value, ...name);
}

/** The same of a value whose layout is known apart from it. @throws InvalidInput as `readSeries` does */
export function readSeriesIn(layout: Layout, value: unknown, ...name: readonly (string | number)[]): Series {
  if (Array.isArray(value)) return Array.isArray(value[0]) ? readRows(value, name, layout) : readNumbers(value, name);
  if (value instanceof Float64Array || value instanceof Float32Array) return readNumbers(value, name);
  if (isTensor(value) || isNumpyArray(value) || isTypedArray(value)) {
    const { data, shape, dtype } = flatOf(value);
    if (!/^(float|u?int|bool)/.test(dtype)) {
      throw new InvalidInput(`${label(name)} must hold real numbers, not ${dtype}`, name);
    }
    return readShaped(Float64Array.from(data, Number), shape, name, layout);
  }
  if (isGrid(value)) return readShaped(value.data, value.shape, name, layout);
  throw new InvalidInput(`${label(name)} must be an array of numbers, or of rows of numbers`, name);
}

/** @throws InvalidInput if the feature sizes differ; the error points at the second series or dataset */
export function requireSameFeatures(a: Featured, b: Featured, name: readonly (string | number)[] = ['s2']): void {
  if (a.d === b.d) return;
  const message = `All input time series must have the same feature size: ${a.d} and ${b.d} differ`;
  throw new InvalidInput(`${message}${swapHint(a, b)}`, name);
}

/** A series, or a dataset with the lengths of its series. */
type Featured = Pick<Series, 'd' | 'layout'> & { readonly n?: number; readonly lengths?: Int32Array };

/** What to try if two inputs have the same few steps and different, larger numbers of channels: lengths differ more often than channels. */
function swapHint(a: Featured, b: Featured): string {
  const steps = new Set([a, b].flatMap(({ n, lengths }) => (n === undefined ? [...(lengths ?? [])] : [n])));
  const [n] = steps;
  if (steps.size !== 1 || n === undefined || n >= Math.min(a.d, b.d)) return '';
  return a.layout === undefined
    ? '. If the channels come first, send layout "channels_first"'
    : '. If time comes first, omit layout';
}

/** Writes the numbers of a plain list to `to`, from `at` on. @returns whether it has nothing else, and is not empty */
export function readPlain(value: unknown, to: Float64Array, at: number): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > CHECK_EVERY) return false;
  for (let i = 0; i < value.length; i++) {
    const x: unknown = value[i];
    if (typeof x !== 'number' || !Number.isFinite(x)) return false;
    to[at + i] = x;
  }
  return true;
}

/** Whether there are `count` numbers from `at` on, and at least one, and none is missing. */
export function isPlain(numbers: Float64Array, at: number, count: number): boolean {
  if (count === 0 || count > CHECK_EVERY) return false;
  throwIfStopped();
  for (let i = at; i < at + count; i++) if (!Number.isFinite(numbers[i])) return false;
  return true;
}

function readNumbers(values: ArrayLike<unknown>, name: readonly (string | number)[]): Series {
  const sz = values.length;
  const data = zeros(sz);
  let missing = sz === 0;
  for (let from = 0; from < sz; from += CHECK_EVERY) {
    if (from > 0) throwIfStopped();
    const to = Math.min(sz, from + CHECK_EVERY);
    for (let i = from; i < to; i++) {
      const x = values[i];
      if (typeof x === 'number' && Number.isFinite(x)) data[i] = x;
      else if (isMissing(x)) {
        data[i] = Number.NaN;
        missing = true;
      } else throw notANumber(x, [...name, i]);
    }
  }
  return missing ? trimmed(data, sz, 1, 1, name, 'time_first') : { data, n: sz, d: 1, sz, ndim: 1 };
}

/** Reads rows, one for each step, or one for each channel if those come first. */
function readRows(rows: readonly unknown[], name: readonly (string | number)[], layout: Layout): Series {
  const count = rows.length;
  const width = (rows[0] as unknown[]).length;
  if (width === 0) throw new InvalidInput(`${label(name)} ${EMPTY}`, name, 'empty_series');
  const data = zeros(count * width);
  const byStep = layout === 'time_first';
  const [sz, d] = byStep ? [count, width] : [width, count];
  const [nextRow, next] = byStep ? [width, 1] : [1, count];
  const checkEvery = Math.ceil(CHECK_EVERY / width);
  for (let i = 0; i < count; i++) {
    if (i > 0 && i % checkEvery === 0) throwIfStopped();
    const row = rows[i];
    const what = byStep ? 'row' : 'channel';
    if (!Array.isArray(row)) throw new InvalidInput(`expected a ${what} of ${width} numbers`, [...name, i]);
    if (row.length !== width) {
      throw new InvalidInput(`expected a ${what} of ${width} numbers, got ${row.length}`, [...name, i]);
    }
    for (let k = 0, at = i * nextRow; k < width; k++, at += next) {
      const x = row[k];
      if (typeof x === 'number' && Number.isFinite(x)) data[at] = x;
      else if (isMissing(x)) data[at] = Number.NaN;
      else throw notANumber(x, [...name, i, k]);
    }
  }
  return trimmed(data, sz, d, 2, name, layout);
}

/** The same from flat values of a shape. */
export function readShaped(
  values: ArrayLike<number>,
  shape: readonly number[],
  name: readonly (string | number)[],
  layout: Layout = 'time_first',
): Series {
  if (shape.length !== 1 && shape.length !== 2) {
    const wanted = layout === 'time_first' ? '(sz, d)' : '(d, sz)';
    throw new InvalidInput(`${label(name)} must have shape (sz,) or ${wanted}, not (${shape.join(', ')})`, name);
  }
  const ndim = shape.length;
  if (ndim === 2 && layout === 'channels_first') {
    const [d, sz] = shape as [number, number];
    return readFlat(transposed(values, d, sz), sz, d, ndim, name, layout);
  }
  const [sz, d = 1] = shape as [number, number?];
  return readFlat(values instanceof Float64Array ? values : Float64Array.from(values), sz, d, ndim, name, 'time_first');
}

function readFlat(
  data: Float64Array,
  sz: number,
  d: number,
  ndim: 1 | 2,
  name: readonly (string | number)[],
  layout: Layout,
): Series {
  for (let at = 0; at < data.length; at++) {
    if (at % CHECK_EVERY === 0) throwIfStopped();
    const x = data[at];
    if (Number.isFinite(x) || Number.isNaN(x)) continue;
    throw notANumber(x, [...name, ...placeOf(at, d, ndim, layout)]);
  }
  return trimmed(data, sz, d, ndim, name, layout);
}

/** A step is trimmed only if all its values are missing and no later step has any. */
function trimmed(
  data: Float64Array,
  sz: number,
  d: number,
  ndim: 1 | 2,
  name: readonly (string | number)[],
  layout: Layout,
): Series {
  let end = data.length;
  while (end > 0 && Number.isNaN(data[end - 1])) end--;
  const n = Math.ceil(end / d);
  if (n === 0 || d === 0) throw new InvalidInput(`${label(name)} ${EMPTY}`, name, 'empty_series');
  for (let at = 0; at < n * d; at++) {
    if (at % CHECK_EVERY === 0) throwIfStopped();
    if (Number.isNaN(data[at])) {
      const place = [...name, ...placeOf(at, d, ndim, layout)];
      throw new InvalidInput('missing value inside the series: only trailing steps may be missing', place);
    }
  }
  return { data: data.subarray(0, n * d), n, d, sz, ndim, ...(layout === 'channels_first' && { layout }) };
}

const isMissing = (x: unknown): boolean => x === null || Number.isNaN(x);

function notANumber(x: unknown, path: readonly (string | number)[]): InvalidInput {
  const found = typeof x === 'number' ? String(x) : Array.isArray(x) ? 'an array' : `a value of type ${typeof x}`;
  const advice = typeof x === 'string' ? adviceOn(x.trim()) : '';
  return new InvalidInput(`expected a finite number, got ${found}${advice}`, path);
}

/** What to send instead of a text. */
function adviceOn(text: string): string {
  if (/^(|[+-]?nan|na|n\/a|null|none|missing|-)$/i.test(text)) return ': send null for a missing value';
  return Number.isNaN(Number(text)) ? '' : ': send numbers without quotes';
}

const label = (name: readonly (string | number)[]): string => (name.length > 0 ? name.join('/') : 'the series');
