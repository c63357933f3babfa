import { InvalidInput, throwIfStopped } from '../errors.ts';
import { type Grid, isGrid } from './grid.ts';
import { ChannelsFirst, type Layout, laidOut } from './layout.ts';
import { isPlain, readPlain, readSeries, readShaped, requireSameFeatures, type Series } from './series.ts';

/**
 * Many series in one flat array in shared memory, so that they are never copied between threads: series k has `lengths[k]` steps of `d` values and
 * begins at `starts[k]` in `data`.
 */
export interface Dataset {
  readonly data: Float64Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly d: number;
  /** Present if the input had its channels first. The data is time-major anyway. */
  readonly layout?: 'channels_first';
  /** The shapes in which the series came, if any of them is not (n,) for d = 1, or (n, d). */
  readonly came?: Came;
  /** Of a part of a dataset: which series of the whole is its first. */
  readonly from?: number;
  /** If it outlives a request: its identity, and a flag in shared memory that becomes 0 once it is no longer in memory. */
  readonly kept?: { readonly digest: string; readonly alive: Int32Array };
}

/** For each series, its steps before trailing missing ones were trimmed, and the dimensions of the array that it came in. */
export interface Came {
  readonly sz: Int32Array;
  readonly ndim: Uint8Array;
}

/**
 * Reads a list of series; lengths may differ, d may not. A grid of shape (n, sz) or (n, sz, d), or (n, d, sz) if channels come first, has
 * them padded with NaN.
 *
 * @param name what to call it in an error
 * @throws InvalidInput at the first series that cannot be read, or whose d differs from that of the first
 */
export function readDataset(value: unknown, ...name: readonly (string | number)[]): Dataset {
  return value instanceof ChannelsFirst
    ? readIn('channels_first', value.value, name)
    : readIn('time_first', value, name);
}

function readIn(layout: Layout, value: unknown, name: readonly (string | number)[]): Dataset {
  if (isGrid(value)) return readStack(value, name, layout);
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidInput('expected a list of at least one series', name);
  }
  // No series is kept as an object: a million short ones would take many times their bytes.
  const lengths = new Int32Array(new SharedArrayBuffer(4 * value.length));
  let numbers: Float64Array = new Float64Array();
  let at = 0;
  let first: Series | undefined;
  let inOther: Series['layout'];
  let came: Came | undefined;
  for (const [k, one] of value.entries()) {
    throwIfStopped();
    // Most series are plain lists of numbers: no array of its own for each.
    if (first?.d === 1 && at + one?.length <= numbers.length && readPlain(one, numbers, at)) {
      const n = one.length;
      came = noted(came, { n, sz: n, d: 1, ndim: 1 }, k, lengths);
      at += n;
      lengths[k] = n;
      continue;
    }
    const series = readSeries(laidOut(one, layout), ...name, k);
    first ??= series;
    requireSameFeatures(first, series, [...name, k]);
    inOther ??= series.layout;
    came = noted(came, series, k, lengths);
    const end = at + series.data.length;
    // Most data sets have series of one length.
    if (k === 0)
      numbers = new Float64Array(new SharedArrayBuffer(8 * Math.max(end, Math.min(end * value.length, MOST_GUESSED))));
    if (end > numbers.length) numbers = grown(numbers, end);
    numbers.set(series.data, at);
    at = end;
    lengths[k] = series.n;
  }
  const { d } = first as Series;
  let data = numbers;
  if (at < numbers.length || !(numbers.buffer instanceof SharedArrayBuffer)) {
    data = new Float64Array(new SharedArrayBuffer(8 * at));
    data.set(numbers.subarray(0, at));
  }
  const starts = new Int32Array(new SharedArrayBuffer(4 * value.length));
  for (let k = 1; k < starts.length; k++) starts[k] = (starts[k - 1] as number) + (lengths[k - 1] as number) * d;
  return { data, starts, lengths, d, ...(inOther && { layout: inOther }), ...(came && { came }) };
}

/** Room for so many numbers is made at once, if all series are as long as the first: 8 MiB. */
const MOST_GUESSED = 2 ** 20;

/** Notes the shape of series k, once there is one to note; `lengths` has those of the series before. */
function noted(
  before: Came | undefined,
  { n, sz, d, ndim }: SeriesShape,
  k: number,
  lengths: Int32Array,
): Came | undefined {
  if (before === undefined && n === sz && ndim === usualDimensions(d)) return undefined;
  const came = before ?? { sz: lengths.slice(), ndim: new Uint8Array(lengths.length).fill(usualDimensions(d)) };
  came.sz[k] = sz;
  came.ndim[k] = ndim;
  return came;
}

const usualDimensions = (d: number): 1 | 2 => (d === 1 ? 1 : 2);

function grown(numbers: Float64Array, least: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(least, 2 * numbers.length));
  larger.set(numbers);
  return larger;
}

/** The dataset keeps the grid's numbers where they are, padding included, unless channels come first. */
function readStack({ data: given, shape }: Grid, name: readonly (string | number)[], layout: Layout): Dataset {
  const [count = 0, ...each] = shape;
  if (each.length !== 1 && each.length !== 2) {
    throw new InvalidInput(
      `${name.join('/') || 'the dataset'} must have shape (n, sz) or ${layout === 'time_first' ? '(n, sz, d)' : '(n, d, sz)'}, not (${shape.join(', ')})`,
      name,
    );
  }
  if (count === 0) throw new InvalidInput('expected a list of at least one series', name);
  const [sz, d = 1] = each as [number, number?];
  const size = given.length / count;
  const swapped = each.length === 2 && layout === 'channels_first';
  const data = swapped
    ? new Float64Array(new SharedArrayBuffer(8 * given.length))
    : given instanceof Float64Array
      ? given
      : Float64Array.from(given);
  const starts = new Int32Array(new SharedArrayBuffer(4 * count));
  const lengths = new Int32Array(new SharedArrayBuffer(4 * count));
  let came: Came | undefined;
  for (let k = 0; k < count; k++) {
    starts[k] = k * size;
    // Most series miss nothing: no view of its own for each.
    if (!swapped && isPlain(data, k * size, size)) {
      lengths[k] = sz;
      came = noted(came, { n: sz, sz, d, ndim: each.length }, k, lengths);
      continue;
    }
    const values = given.subarray(k * size, (k + 1) * size);
    const series = readShaped(values, each, [...name, k], layout);
    if (swapped) data.set(series.data, k * size);
    lengths[k] = series.n;
    came = noted(came, series, k, lengths);
  }
  const shapes = came && { came };
  if (swapped) return { data, starts, lengths, d: each[0], layout: 'channels_first', ...shapes };
  return { data, starts, lengths, d, ...shapes };
}

/** Series from..to - 1 of a dataset, as a dataset: a view, no copy. */
export function sliceOf(dataset: Dataset, from: number, to: number): Dataset {
  const { data, starts, lengths, d, layout, came, kept } = dataset;
  if (from === 0 && to === lengths.length) return dataset;
  const part = {
    data,
    starts: starts.subarray(from, to),
    lengths: lengths.subarray(from, to),
    d,
    ...(layout && { layout }),
    ...(came && { came: { sz: came.sz.subarray(from, to), ndim: came.ndim.subarray(from, to) } }),
    from: (dataset.from ?? 0) + from,
  };
  return kept ? { ...part, kept: { ...kept, digest: `${kept.digest}#${from}-${to}` } } : part;
}

/** The number of a series in the whole of which a dataset may be a part: what its caller knows it by. */
export const numberOf = ({ from = 0 }: Dataset, k: number): number => from + k;

/** The shape in which series k came, and its layout. */
export function shapeAt({ lengths, d, came, layout }: Dataset, k: number): SeriesShape {
  const n = lengths[k];
  const ndim = (came?.ndim[k] ?? usualDimensions(d)) as 1 | 2;
  return { n, d, sz: came?.sz[k] ?? n, ndim, ...(layout && ndim === 2 && { layout }) };
}

/** The part of a series that the shape of what belongs to it depends on. */
export type SeriesShape = Pick<Series, 'n' | 'd' | 'sz' | 'ndim' | 'layout'>;

/** One series of a dataset: a view, no copy. */
export function seriesAt({ data, starts, lengths, d }: Dataset, k: number): Series {
  const n = lengths[k];
  const start = starts[k];
  return { data: data.subarray(start, start + n * d), n, d, sz: n, ndim: d === 1 ? 1 : 2 };
}

/** The same of a data set that may outlive the request: whoever counts memory sees that the view takes none. */
export const keptSeriesAt = (dataset: Dataset, k: number): Series =>
  dataset.kept ? { ...seriesAt(dataset, k), kept: { digest: dataset.kept.digest } } : seriesAt(dataset, k);
