import { InvalidInput } from '../errors.ts';
import { readSeries, type Series } from './series.ts';

/**
 * Reads numbers that belong to series: a list of them, shape (n,), or rows, shape (n, m). Unlike in a series, none may be missing.
 *
 * @throws InvalidInput at the first that is missing, not finite, not a number, or in a ragged row
 */
export function readNumbers(value: unknown, ...name: readonly (string | number)[]): Series {
  const read = readSeries(value, ...name);
  if (read.n === read.sz) return read;
  throw new InvalidInput('missing value: a number is expected here', [...name, read.n]);
}

/** Rows from..to - 1: a view, no copy. */
export function rowsOf({ data, d, ndim }: Series, from: number, to: number): Series {
  return { data: data.subarray(from * d, to * d), n: to - from, d, sz: to - from, ndim };
}
