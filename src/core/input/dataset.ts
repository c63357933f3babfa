import { InvalidInput } from '../errors.ts';
import { type Grid, isGrid } from './grid.ts';
import { readSeries, readShaped, type Series } from './series.ts';

/**
 * Many series in one flat array in shared memory, so that they are never copied between threads: series k has `lengths[k]` steps of `d` values and
 * begins at `starts[k]` in `data`.
 */
export interface Dataset {
  readonly data: Float64Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly d: number;
  /** Where it is kept beyond a request: what it is, and a flag in shared memory that is 0 once it is kept no longer. */
  readonly kept?: { readonly digest: string; readonly alive: Int32Array };
}

/**
 * Reads a list of series; lengths may differ, d may not. A grid of shape (n, sz) or (n, sz, d) has them padded with NaN.
 *
 * @param name what to call it in an error
 * @throws InvalidInput at the first series that cannot be read, or whose d differs from that of the first
 */
export function readDataset(value: unknown, ...name: readonly (string | number)[]): Dataset {
  if (isGrid(value)) return readStack(value, name);
  if (!Array.isArray(value) || value.length === 0) {
    throw new InvalidInput('expected a list of at least one series', name);
  }
  const all = value.map((one, k) => readSeries(one, ...name, k));
  const d = (all[0] as Series).d;
  let total = 0;
  for (const [k, series] of all.entries()) {
    if (series.d !== d) {
      const message = `All input time series must have the same feature size: ${d} and ${series.d} differ`;
      throw new InvalidInput(message, [...name, k]);
    }
    total += series.n * d;
  }
  const data = new Float64Array(new SharedArrayBuffer(8 * total));
  const starts = new Int32Array(new SharedArrayBuffer(4 * all.length));
  const lengths = new Int32Array(new SharedArrayBuffer(4 * all.length));
  let at = 0;
  for (const [k, series] of all.entries()) {
    starts[k] = at;
    lengths[k] = series.n;
    data.set(series.data, at);
    at += series.data.length;
  }
  return { data, starts, lengths, d };
}

/** The dataset keeps the grid's numbers where they are, padding included. */
function readStack({ data: given, shape }: Grid, name: readonly (string | number)[]): Dataset {
  const data = given instanceof Float64Array ? given : Float64Array.from(given);
  const [count = 0, ...each] = shape;
  if (each.length !== 1 && each.length !== 2) {
    throw new InvalidInput(
      `${name.join('/') || 'the dataset'} must have shape (n, sz) or (n, sz, d), not (${shape.join(', ')})`,
      name,
    );
  }
  if (count === 0) throw new InvalidInput('expected a list of at least one series', name);
  const size = data.length / count;
  const starts = new Int32Array(new SharedArrayBuffer(4 * count));
  const lengths = new Int32Array(new SharedArrayBuffer(4 * count));
  for (let k = 0; k < count; k++) {
    starts[k] = k * size;
    lengths[k] = readShaped(data.subarray(k * size, (k + 1) * size), each, [...name, k]).n;
  }
  return { data, starts, lengths, d: each[1] ?? 1 };
}

/** One series of a dataset: a view, no copy. */
export function seriesAt({ data, starts, lengths, d }: Dataset, k: number): Series {
  const n = lengths[k] as number;
  const start = starts[k] as number;
  return { data: data.subarray(start, start + n * d), n, d, sz: n, ndim: d === 1 ? 1 : 2 };
}
