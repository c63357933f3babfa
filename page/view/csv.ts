import { csvFormatRows } from 'd3-dsv';
import { MOST_VALUES } from '../data/matrix.ts';
import { channels, type Series } from '../data/series.ts';
import { table } from '../plot/table.ts';
import { matrixShown } from '../state/matrix.ts';
import { shown } from '../state/state.ts';
import type { TableOf } from './export.ts';

/** The pairs of the path with their values; without a path, both series beside each other. */
export function pairCsv(): string | undefined {
  if (!shown.value) return undefined;
  const { s1, s2, channel, answer } = shown.value;
  // An alignment of one channel goes with its values only.
  const of = (series: string, values: Series) =>
    channels(values)
      .map((line, c, { length }) => ({ c, line, name: length === 1 ? series : `${series}_${c}` }))
      .filter(({ c }) => channel === undefined || c === channel);
  const [first, second] = [of('s1', s1.values), of('s2', s2.values)];
  const [one, other] = [first.map(({ line }) => line), second.map(({ line }) => line)];
  const head = [...first, ...second].map(({ name }) => name);
  const at = (lines: readonly (readonly number[])[], row: number) => lines.map((line) => line[row] ?? '');
  if (answer?.path) {
    const rows = answer.path.map(([i, j]) => [i, j, ...at(one, i), ...at(other, j)]);
    return csvFormatRows([['i', 'j', ...head], ...rows].map((row) => row.map(String)));
  }
  const steps = Math.max(s1.values.length, s2.values.length);
  const rows = Array.from({ length: steps }, (_, t) => [t, ...at(one, t), ...at(other, t)]);
  return csvFormatRows([['step', ...head], ...rows].map((row) => row.map(String)));
}

/** The table of the pair: a row for each step of s1, a column for each of s2. */
export const tableCsv: TableOf = () => {
  if (!table.value || !shown.value) return undefined;
  const { cell } = table.value;
  const [n, m] = [shown.value.s1.values.length, shown.value.s2.values.length];
  if (n * m > MOST_VALUES) {
    const [values, most] = [n * m, MOST_VALUES].map((count) => count.toLocaleString('en-GB'));
    return { none: `The table has ${values} values; CSV is written of up to ${most}.` };
  }
  return csvFormatRows(Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => String(cell(i, j)))));
};

/** The matrix with the names of its series, in the order in which they came. */
export function matrixCsv(): string | undefined {
  if (!matrixShown.value) return undefined;
  const { series, matrix } = matrixShown.value;
  const rows = series.map(({ name }, k) => [
    name,
    ...Array.from(matrix.values.subarray(k * matrix.columns, (k + 1) * matrix.columns), String),
  ]);
  return csvFormatRows([['', ...series.map(({ name }) => name)], ...rows]);
}

/** A table of any values. */
export const csvOfRows = (rows: readonly (readonly (string | number)[])[]): string =>
  csvFormatRows(rows.map((row) => row.map(String)));
