import type { Kind, Rows } from './column.ts';
import { arrangementOf, kindsOf, rolesOf } from './columns.ts';
import { valuesOf } from './header.ts';
import { numberIn } from './numbers.ts';
import { ParseError } from './parse-error.ts';
import { quantitiesIn } from './quantities.ts';
import { type Cell, type Choices, type Found, type Preview, type Role, type Wanted, widest } from './reading.ts';
import type { Series } from './series.ts';
import { falls, timesIn } from './times.ts';

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
  const { kept, names: found, notes } = valuesOf(table, chosen);
  const named = table.names ?? found;
  const asWritten = kept.map((row) => table.rows[row] as readonly Cell[]);
  const lines = table.lines && kept.map((row) => table.lines?.[row] as number);
  if (asWritten.length === 0) throw new ParseError('There is no line of numbers here.');
  const width = widest(asWritten);
  const { body, names, kinds } = withoutUnits(
    asWritten,
    named,
    kindsOf(asWritten, width, table.decimal),
    table.decimal,
  );
  const given = chosen.roles?.length === width ? chosen.roles : undefined;
  const arrangement = chosen.arrangement ?? arrangementOf({ body, names, kinds, decimal: table.decimal, wanted });
  const roles = given ?? rolesOf({ body, names, kinds, decimal: table.decimal, arrangement });
  if (arrangement !== 'rows') sameWidth(body, lines, wanted);
  const read: Body = {
    body,
    names,
    roles,
    decimal: table.decimal,
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
  const made = makers[arrangement](read);
  const backwards = ['columns', 'channels'].includes(arrangement) && newestFirst(read);
  const series = backwards
    ? made.map((one) => ({ ...one, values: one.values.toReversed() as unknown as Series }))
    : made;
  return {
    series,
    choices: { header: names !== undefined, arrangement, roles },
    notes: [...notes, ...(backwards ? ['the newest came first: put in order of time'] : [])],
    preview: {
      names: Array.from({ length: width }, (_, k) => names?.[k] ?? ''),
      rows: body.slice(0, 6),
      height: body.length,
    },
  };
}

/** A table in which quantities such as `12 ms` are numbers, and the names of their columns have the unit. */
function withoutUnits(body: Rows, names: readonly string[] | undefined, kinds: readonly Kind[], decimal: '.' | ',') {
  const found = kinds.map((kind, k) =>
    kind === 'text'
      ? quantitiesIn(
          body.map((row) => row[k]),
          decimal,
        )
      : undefined,
  );
  if (!found.some(Boolean)) return { body, names, kinds };
  const calledIn = found.some((one) => one?.name !== undefined);
  return {
    body: body.map((row, at) => row.map((cell, k) => found[k]?.numbers[at] ?? cell)),
    kinds: kinds.map((kind, k) => (found[k] ? 'number' : kind)),
    names:
      names || calledIn
        ? found.map((one, k) => [names?.[k] || one?.name, one?.unit && `(${one.unit})`].filter(Boolean).join(' '))
        : undefined,
  };
}

interface Body {
  readonly body: readonly (readonly Cell[])[];
  readonly names: readonly string[] | undefined;
  readonly roles: readonly Role[];
  readonly decimal: '.' | ',';
  number(row: number, column: number): number;
}

/** Whether the times of a table fall from row to row. */
function newestFirst({ body, roles, decimal }: Body): boolean {
  const [time] = columnsOf(roles, 'time');
  const times =
    time === undefined
      ? undefined
      : timesIn(
          body.map((row) => row[time]),
          decimal,
        );
  return times !== undefined && times.length > 1 && falls(times);
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
  long: ({ body, names, roles, decimal, number }) => {
    const columns = columnsOf(roles, 'value');
    const [label, time] = (['class', 'time'] as const).map((role) => columnsOf(roles, role)[0]);
    const naming = columnsOf(roles, 'name');
    const groups = Map.groupBy(body.keys(), (row) => naming.map((column) => text(body[row]?.[column])).join(' '));
    return [...groups].map(([called, rows]) => {
      const sorted = time === undefined ? rows : inOrder(rows, (row) => body[row]?.[time], decimal);
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

/** Rows sorted by time; as they are, where times cannot be told apart. Equal times keep their order. */
function inOrder(rows: number[], time: (row: number) => Cell, decimal: '.' | ','): number[] {
  const times = timesIn(rows.map(time), decimal);
  if (times === undefined) return rows;
  return [...rows.keys()].toSorted((a, b) => times[a] - times[b]).map((k) => rows[k] as number);
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
