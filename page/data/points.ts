import { isDate, numberIn } from './numbers.ts';
import type { Cell } from './reading.ts';
import type { Series } from './series.ts';

/**
 * A series in JSON: numbers, rows of numbers, or points with their times, as monitoring and charts write them: `[[1704067200, "0.5"], ...]` of
 * Prometheus, `[[0.5, 1704067200], ...]` of Graphite. Times are left out; numbers in strings are numbers. Anything else stays as it is, so that the service can
 * reject it with its place.
 */
export function seriesIn(values: readonly unknown[]): Series {
  if (!Array.isArray(values[0])) return numbersIn(values) as number[];
  const rows = values as readonly (readonly unknown[])[];
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width < 2 || !rows.every((row) => Array.isArray(row) && row.length === width))
    return rows as number[][];
  const columns = Array.from({ length: width }, (_, c) => rows.map((row) => row[c]));
  const measured = columns.filter((column) => !areTimes(column)).map(numbersIn);
  if (measured.length === 0) return rows as number[][];
  const [only = [], ...others] = measured;
  return (others.length === 0 ? only : rows.map((_, k) => measured.map((column) => column[k]))) as Series;
}

/** Whether values are dates, or seconds to nanoseconds since 1970 in order, from 2001 to 2033. */
export function areTimes(values: readonly unknown[]): boolean {
  if (values.length > 1 && values.every((value) => typeof value === 'string' && isDate(value))) return true;
  const steps = values as readonly number[];
  const [first = 0, second = 0] = steps;
  const digits = Math.floor(Math.log10(Math.abs(first)));
  const way = Math.sign(second - first);
  return (
    steps.length > 1 &&
    [9, 12, 15, 18].includes(digits) &&
    first < 2 * 10 ** digits &&
    way !== 0 &&
    steps.every((value, k) => typeof value === 'number' && (k === 0 || Math.sign(value - steps[k - 1]) === way))
  );
}

/** Numbers, where all of them are; null and the like are missing values. */
function numbersIn(values: readonly unknown[]): readonly unknown[] {
  if (!values.some((value) => typeof value === 'string'))
    return values.map((value) => (value === null ? Number.NaN : value));
  const numbers = values.map((value) => numberIn(value as Cell, '.'));
  return numbers.includes(undefined) ? values : numbers;
}
