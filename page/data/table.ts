import { arrangementOf, headerRow, kindsOf, rolesOf } from './columns.ts';
import { numberIn } from './numbers.ts';
import { ParseError } from './parse-error.ts';
import { type Cell, type Choices, type Found, type Preview, type Role, type Wanted, widest } from './reading.ts';
import type { Series } from './series.ts';

/** A table as in the file, before anything is known about its columns. */
export interface Table {
  readonly rows: readonly (readonly Cell[])[];
  readonly decimal: '.' | ',';
  /** The number of each row's line, where the file has lines. */
  readonly lines?: readonly number[];
  /** The names of the columns, if the format has them. */
  readonly names?: readonly string[];
  /** Whether unequal rows can only be series: a list of lists. */
  readonly ragged?: boolean;
}

/** The series of a table, and how they were found. */
export interface TableReading {
  readonly series: readonly Found[];
  readonly choices: Pick<Required<Choices>, 'header' | 'arrangement' | 'roles'>;
  readonly notes: readonly string[];
  readonly preview: Preview;
}

/**
 * Finds the series in a table. Whatever was not chosen is guessed.
 *
 * @throws ParseError with the line and column of a cell that is not a number
 */
export function readTable(table: Table, chosen: Choices, wanted: Wanted): TableReading {
  if (table.rows.length === 0) throw new ParseError('There is no line of numbers here.');
  const [only = [], ...others] = table.rows;
  if (others.length === 0 && only.length > 1 && only.every((cell) => numberIn(cell, table.decimal) === undefined))
    throw new ParseError(
      `There are only names here, ${only.map(text).join(', ').slice(0, 60)}: the numbers are missing.`,
    );
  const notes: string[] = [];
  const { start, names: found } = headerOf(table, chosen, notes);
  const names = table.names ?? found;
  const body = table.rows.slice(start);
  const lines = table.lines?.slice(start);
  if (body.length === 0) throw new ParseError('There is no line of numbers here.');
  const width = widest(body);
  const kinds = kindsOf(body, width, table.decimal);
  const given = chosen.roles?.length === width ? chosen.roles : undefined;
  const arrangement = chosen.arrangement ?? arrangementOf({ body, names, kinds, decimal: table.decimal, wanted });
  const roles = given ?? rolesOf({ body, names, kinds, decimal: table.decimal, arrangement });
  if (arrangement !== 'rows') sameWidth(body, lines, wanted);
  const read: Body = {
    body,
    names,
    roles,
    number(row, column) {
      const value = numberIn(body[row]?.[column], table.decimal);
      if (value !== undefined) return value;
      const line = lines ? `Line ${lines[row]}` : `Row ${row + 1}`;
      throw new ParseError(
        `${line}, value ${column + 1}: “${String(body[row]?.[column]).slice(0, 20)}” is not a number.`,
      );
    },
  };
  if (roles.every((role) => role !== 'value'))
    throw new ParseError('No column holds numbers: choose the one with the values.');
  const series = makers[arrangement](read);
  return {
    series,
    choices: { header: names !== undefined, arrangement, roles },
    notes,
    preview: {
      names: Array.from({ length: width }, (_, k) => names?.[k] ?? ''),
      rows: body.slice(0, 6),
      height: body.length,
    },
  };
}

interface Body {
  readonly body: readonly (readonly Cell[])[];
  readonly names: readonly string[] | undefined;
  readonly roles: readonly Role[];
  number(row: number, column: number): number;
}

const makers = {
  columns: ({ body, names, roles, number }) =>
    columnsOf(roles, 'value').map((column) => ({
      values: trimmed(body.map((_, row) => number(row, column))),
      ...named(names?.[column]),
    })),
  channels: ({ body, names, roles, number }) => {
    const columns = columnsOf(roles, 'value');
    const rows = body.map((_, row) => columns.map((column) => number(row, column)));
    const channels = columns.map((column) => names?.[column] ?? '').filter(Boolean);
    const values = columns.length === 1 ? trimmed(rows.flat()) : trimmed(rows);
    return [{ values, ...(channels.length === columns.length && { channels }) }];
  },
  rows: ({ body, roles, number }) => {
    const columns = columnsOf(roles, 'value');
    const [name, label] = (['name', 'class'] as const).map((role) => columnsOf(roles, role)[0]);
    return body.map((cells, row) => ({
      values: trimmed(columns.filter((column) => column < cells.length).map((column) => number(row, column))),
      ...named(name === undefined ? undefined : text(cells[name])),
      ...(label !== undefined && { label: text(cells[label]) }),
    }));
  },
  long: ({ body, names, roles, number }) => {
    const columns = columnsOf(roles, 'value');
    const [name, label, time] = (['name', 'class', 'time'] as const).map((role) => columnsOf(roles, role)[0]);
    const groups = Map.groupBy(body.keys(), (row) => (name === undefined ? '' : text(body[row]?.[name])));
    return [...groups].map(([called, rows]) => {
      const sorted = time === undefined ? rows : inOrder(rows, (row) => body[row]?.[time]);
      const steps = sorted.map((row) => columns.map((column) => number(row, column)));
      const channels = columns.map((column) => names?.[column] ?? '');
      return {
        values: columns.length === 1 ? trimmed(steps.flat()) : trimmed(steps),
        name: called,
        ...(columns.length > 1 && { channels }),
        ...(label !== undefined && { label: text(body[sorted[0]]?.[label]) }),
      };
    });
  },
} satisfies Record<string, (body: Body) => Found[]>;

const text = (cell: Cell): string => (cell instanceof Date ? cell.toISOString() : String(cell ?? '').trim());
const named = (name: string | undefined) => (name ? { name } : {});
const columnsOf = (roles: readonly Role[], wanted: Role): number[] =>
  roles.flatMap((role, k) => (role === wanted ? [k] : []));

/** Rows sorted by time, if that is a number or sorts as text; equal times keep their order. */
function inOrder(rows: number[], time: (row: number) => Cell): number[] {
  const key = (row: number) => numberIn(time(row), '.') ?? text(time(row));
  return rows.toSorted((a, b) => {
    const [one, other] = [key(a), key(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

/** Without the missing steps at its end. */
export function trimmed<S extends Series>(series: S): S {
  const missing = (row: number | readonly number[]) => [row].flat().every((value) => Number.isNaN(value));
  return series.slice(0, (series as readonly number[]).findLastIndex((row) => !missing(row)) + 1) as unknown as S;
}

function sameWidth(body: readonly (readonly Cell[])[], lines: readonly number[] | undefined, wanted: Wanted): void {
  const width = body[0]?.length ?? 0;
  const at = body.findIndex((row) => row.length !== width);
  if (at < 0) return;
  const line = lines ? `Line ${lines[at]}` : `Row ${at + 1}`;
  const why = wanted === 'series' ? ': each line is one time step' : ': are the rows series?';
  throw new ParseError(`${line} has ${body[at]?.length} values, the first has ${width}${why}.`);
}

/** Where the numbers start, and the names above them. */
function headerOf({ rows, decimal }: Table, { header }: Choices, notes: string[]) {
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
    return { start: above, names: ['', ...short.map(text)] };
  }
  const from = whole ? above : 0;
  if (from > 0) notes.push(`${from} ${from === 1 ? 'line' : 'lines'} above the table skipped`);
  const has = header ?? headerRow(rows.slice(from), decimal);
  if (!has || rows.length - from < 2) return { start: from, names: undefined };
  const names = (rows[from] as readonly Cell[]).map(text);
  // A second line of words: units.
  const units = rows[from + 1] as readonly Cell[];
  const isUnits =
    rows.length - from > 2 &&
    units.some((cell) => text(cell) !== '') &&
    units.every((cell) => Number.isNaN(numberIn(cell, decimal) ?? Number.NaN)) &&
    (rows[from + 2] as readonly Cell[]).some((cell) => Number.isFinite(numberIn(cell, decimal)));
  if (!isUnits) return { start: from + 1, names };
  return {
    start: from + 2,
    names: names.map((name, k) =>
      text(units[k]) ? `${name} (${text(units[k]).replace(/^[([](.*)[)\]]$/, '$1')})` : name,
    ),
  };
}
