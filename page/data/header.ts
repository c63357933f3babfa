import { headerRow, kindsOf } from './columns.ts';
import { isDate, numberIn } from './numbers.ts';
import { type Cell, type Choices, widest } from './reading.ts';

interface Rows {
  readonly rows: readonly (readonly Cell[])[];
  readonly decimal: '.' | ',';
}

/** Where the numbers start, the names above them, and how many lines are above these. */
interface Top {
  readonly start: number;
  readonly names: string[] | undefined;
  readonly skipped: number;
}

/** The rows of a table that hold its values, and the names of its columns. */
export interface Extent {
  readonly kept: readonly number[];
  readonly names: readonly string[] | undefined;
  /** What was skipped, in words. */
  readonly notes: readonly string[];
}

/** Finds the values in a table: what an instrument says above them, units, and what a report says below are none of them. */
export function valuesOf(table: Rows, chosen: Choices): Extent {
  const { start, names, skipped } = below(table, topOf(table, chosen), chosen);
  const header = names && table.rows.indexOf(table.rows.find((row) => sameNames(row, names)) as readonly Cell[]);
  const end = table.rows.length - footers(table, start);
  const all = Array.from({ length: end - start }, (_, k) => start + k);
  // Files that were joined have their names several times.
  const again =
    header === undefined || header < 0 ? [] : all.filter((k) => sameNames(table.rows[k] ?? [], names ?? []));
  const lines = (count: number) => `${count} ${count === 1 ? 'line' : 'lines'}`;
  return {
    kept: again.length > 0 ? all.filter((k) => !again.includes(k)) : all,
    names,
    notes: [
      ...(skipped > 0 ? [`${lines(skipped)} above the table skipped`] : []),
      ...(end < table.rows.length ? [`${lines(table.rows.length - end)} below the table skipped`] : []),
    ],
  };
}

const sameNames = (row: readonly Cell[], names: readonly string[]): boolean =>
  row.length === names.length && names.some(Boolean) && row.every((cell, k) => text(cell) === names[k]);

const text = (cell: Cell): string => (cell instanceof Date ? cell.toISOString() : String(cell ?? '').trim());

const isWord = (cell: Cell, decimal: '.' | ','): boolean => numberIn(cell, decimal) === undefined && !isDate(cell);

/** The columns that mostly hold numbers, from a row on. */
function numberColumns({ rows, decimal }: Rows, start: number): number[] {
  const body = rows.slice(start);
  const kinds = kindsOf(body, widest(body), decimal);
  return kinds.flatMap((kind, k) => {
    const numbers = body.reduce((sum, row) => sum + (Number.isFinite(numberIn(row[k], decimal)) ? 1 : 0), 0);
    return kind === 'number' && numbers > body.length / 2 ? [k] : [];
  });
}

/** So many rows may stand above the values. */
const MOST_ABOVE = 100;

/** Where lines about the measurement look like rows of the table: the values start after the last row of words, which has the names. */
function below(table: Rows, top: Top, { header }: Choices): Top {
  const { rows, decimal } = table;
  if (header === false || rows.length - top.start < 4) return top;
  const columns = numberColumns(table, top.start);
  const most = Math.min(top.start + MOST_ABOVE, Math.floor((top.start + rows.length) / 2));
  const finite = (row: readonly Cell[]) => columns.filter((k) => Number.isFinite(numberIn(row[k], decimal))).length;
  let last = -1;
  for (let k = top.start; k < most && columns.length > 0; k++) {
    const row = rows[k] as readonly Cell[];
    if (finite(row) === columns.length) break;
    if (finite(row) === 0 && columns.some((column) => isWord(row[column], decimal))) last = k;
  }
  const start = last < 0 ? top.start : last + 1;
  const named = last < 0 ? top.names : namesAt(table, last, top);
  // pandas: the name of the index, alone in its row.
  const [first, ...others] = rows[start] ?? [];
  const index =
    named !== undefined && others.length > 0 && isWord(first, decimal) && others.every((cell) => text(cell) === '');
  const above = last < 0 ? top.skipped : last - (named !== undefined && hasUnits(table, last, top) ? 1 : 0);
  return { start: index ? start + 1 : start, names: named, skipped: above };
}

/** The names in a row; if it has units, those above with them. */
function namesAt(table: Rows, at: number, top: Top): string[] {
  const names = (table.rows[at] ?? []).map(text);
  if (!hasUnits(table, at, top)) return names;
  const above = at - 1 >= top.start ? (table.rows[at - 1] ?? []).map(text) : (top.names ?? []);
  return withUnits(above, table.rows[at] ?? []);
}

/** Whether the row above has a name for each word of this one. */
function hasUnits({ rows, decimal }: Rows, at: number, top: Top): boolean {
  const above = at - 1 >= top.start ? (rows[at - 1] ?? []).map(text) : (top.names ?? []);
  const full = (cells: readonly Cell[]) => cells.filter((cell) => text(cell) !== '').length;
  return (
    above.length === rows[at]?.length &&
    full(above) >= full(rows[at] ?? []) &&
    above.every((cell) => cell === '' || isWord(cell, decimal))
  );
}

/** So many rows below a table are looked at. */
const MOST_BELOW = 5;

/** How many rows at the end are none of the table: a source, a count of rows, a sum. */
function footers(table: Rows, start: number): number {
  const { rows, decimal } = table;
  const count = Math.min(MOST_BELOW, Math.floor((rows.length - start) / 4));
  const body = rows.slice(start, rows.length - count);
  if (count === 0 || body.length < 3) return 0;
  const width = body[0]?.length ?? 0;
  if (!body.every((row) => row.length === width)) return 0;
  const columns = numberColumns({ rows: body, decimal }, 0);
  const dates = kindsOf(body, width, decimal).flatMap((kind, k) => (kind === 'date' ? [k] : []));
  const other = (row: readonly Cell[]) => {
    const values = columns.some((k) => Number.isFinite(numberIn(row[k], decimal)));
    const summed =
      dates.length > 0 && row.length === width && dates.every((k) => text(row[k]) !== '' && isWord(row[k], decimal));
    return (
      row.some((cell) => isWord(cell, decimal)) && (summed || (columns.length > 0 && (!values || row.length < width)))
    );
  };
  let found = 0;
  while (found < count && other(rows[rows.length - 1 - found] ?? [])) found++;
  return found;
}

/** Where the numbers start, and the names above them. */
function topOf({ rows, decimal }: Rows, { header }: Choices): Top {
  const widths = Map.groupBy(rows, ({ length }) => length);
  const usual = [...widths].reduce((best, next) => (next[1].length > best[1].length ? next : best))[0];
  // Lines of another width above the table: the header of an instrument.
  const above =
    usual > 1 && rows.length > 3
      ? Math.max(
          0,
          rows.findIndex(({ length }) => length === usual),
        )
      : 0;
  const whole = above > 0 && (widths.get(usual)?.length ?? 0) >= rows.length - above;
  // R's write.table names all columns but the first, the names of its rows.
  const short = rows[above - 1];
  if (whole && header !== false && short?.length === usual - 1 && headerRow([short, ...rows.slice(above)], decimal)) {
    return { start: above, names: ['', ...short.map(text)], skipped: above - 1 };
  }
  const from = whole ? above : 0;
  const has = header ?? headerRow(rows.slice(from), decimal);
  if (!has || rows.length - from < 2) return { start: from, names: undefined, skipped: from };
  const names = (rows[from] as readonly Cell[]).map(text);
  // A second line of words: units.
  const units = rows[from + 1] as readonly Cell[];
  const isUnits =
    rows.length - from > 2 &&
    units.some((cell) => text(cell) !== '') &&
    units.every((cell) => Number.isNaN(numberIn(cell, decimal) ?? Number.NaN)) &&
    (rows[from + 2] as readonly Cell[]).some((cell) => Number.isFinite(numberIn(cell, decimal)));
  if (!isUnits) return { start: from + 1, names, skipped: from };
  return { start: from + 2, names: withUnits(names, units), skipped: from };
}

/** Names with the units that stand below them. */
const withUnits = (names: readonly string[], units: readonly Cell[]): string[] =>
  names.map((name, k) => (text(units[k]) ? `${name} (${text(units[k]).replace(/^[([](.*)[)\]]$/, '$1')})` : name));
