import type { Found } from './reading.ts';

/** A series whose missing values are interpolated linearly; at the ends, the nearest value is used. */
export function filled(found: Found): { found: Found; count: number } {
  const { values } = found;
  if (typeof values[0] !== 'object') {
    const { line, count } = fillLine(values as readonly number[]);
    return count ? { found: { ...found, values: line }, count } : { found, count };
  }
  const rows = values as readonly (readonly number[])[];
  const columns = (rows[0] ?? []).map((_, c) => fillLine(rows.map((row) => row[c])));
  const count = columns.reduce((sum, column) => sum + column.count, 0);
  if (count === 0) return { found, count };
  return { found: { ...found, values: rows.map((_, t) => columns.map(({ line }) => line[t])) }, count };
}

function fillLine(line: readonly number[]): { line: readonly number[]; count: number } {
  const known = line.flatMap((value, t) => (Number.isNaN(value) ? [] : [t]));
  if (known.length === line.length || known.length === 0) return { line, count: 0 };
  let next = 0;
  const made = line.map((value, t) => {
    if (!Number.isNaN(value)) return value;
    while (next < known.length && known[next] < t) next++;
    const [before, after] = [known[next - 1], known[next]];
    if (before === undefined) return line[after as number];
    if (after === undefined) return line[before];
    const part = (t - before) / (after - before);
    return line[before] * (1 - part) + line[after] * part;
  });
  return { line: made, count: line.length - known.length };
}
