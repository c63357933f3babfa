import { CLASS, columnOf, type Kind, type Known, NAME, type Rows, TIME, VALUE, varies } from './column.ts';
import { evenlyRising } from './decimal-comma.ts';
import { isDate, numberIn } from './numbers.ts';
import { isQuantity } from './quantities.ts';
import type { Arrangement, Cell, Role, Wanted } from './reading.ts';
import { constantIn, stackedBy, timeColumn } from './stacked.ts';
import { falls, rises } from './times.ts';

/** The kind of each column. */
export const kindsOf = (body: Rows, width: number, decimal: '.' | ','): Kind[] =>
  Array.from({ length: width }, (_, k) =>
    kindOf(
      body.map((row) => row[k]),
      decimal,
    ),
  );

function kindOf(cells: readonly Cell[], decimal: '.' | ','): Kind {
  let [numbers, dates, texts] = [0, 0, 0];
  for (const cell of cells) {
    const value = numberIn(cell, decimal);
    if (value === undefined) isDate(cell) ? dates++ : texts++;
    else if (!Number.isNaN(value)) numbers++;
  }
  if (numbers + dates + texts === 0) return 'empty';
  if (dates > texts && dates >= numbers) return 'date';
  return texts > numbers ? 'text' : 'number';
}

/** Whether the first row names the columns. */
export function headerRow(rows: Rows, decimal: '.' | ','): boolean {
  const [first, ...body] = rows;
  if (first === undefined || body.length === 0) return false;
  const values = first.map((cell) => numberIn(cell, decimal));
  const words = first.filter(
    (cell, k) => values[k] === undefined && !isDate(cell) && !isQuantity(cell, decimal),
  ).length;
  const numbers = values.filter((value) => Number.isFinite(value)).length;
  const below = body.some((row) =>
    row.some((cell) => Number.isFinite(numberIn(cell, decimal)) || isQuantity(cell, decimal)),
  );
  if (words > 0 && numbers === 0) return below;
  // Words, then years.
  const years = values.slice(values.findIndex((value) => Number.isFinite(value)));
  if (words > 0 && words === values.length - years.length && years.length > 4 && years.every(Number.isInteger)) {
    if (evenlyRising(years as number[])) return below;
  }
  // Names that are numbers in order: steps, years, or what pandas calls columns without names.
  const [corner, ...rest] = values;
  const counts = rest.length > 1 && rest.every((value) => Number.isInteger(value)) && evenlyRising(rest as number[]);
  if (counts && (corner === undefined || Number.isNaN(corner))) return true;
  const whole = body.every((row) => row.every((cell) => Number.isInteger(numberIn(cell, decimal))));
  return counts && corner === 0 && rest[0] === 1 && !whole;
}

/** How the series of a table are laid out, as far as one can tell. */
export function arrangementOf({ body, names, kinds, decimal, wanted }: Known & { wanted: Wanted }): Arrangement {
  const values = kinds.filter((kind) => kind === 'number').length;
  const ragged = body.some((row) => row.length !== body[0]?.length);
  if (body.length === 1 && kinds.length > 1) return 'rows';
  if (wanted === 'series') return 'channels';
  if (stackedBy({ body, names, kinds, decimal }) !== undefined) return 'long';
  if (wanted === 'dataset' && names === undefined) return 'rows';
  if (values < 2) return 'columns';
  const counted = names !== undefined && countedFrom(names, kinds, body);
  if (names !== undefined) return counted || (values > 12 && values > 2 * body.length) ? 'rows' : 'columns';
  if (ragged) return (body[0]?.length ?? 0) > 3 ? 'rows' : 'columns';
  return values > body.length || hasClassFirst(body, kinds, decimal) ? 'rows' : 'columns';
}

/** The number in the name of a step: 7, V7, t_7. */
const countIn = (name: string | undefined): number => Number(/\d+$/.exec(name ?? '')?.[0] ?? Number.NaN);

/** Whether the names of the columns, but those of the first, count steps: 0, 1, 2; years; V2, V3, V4 beside names of rows. */
function countedFrom(names: readonly string[], kinds: readonly Kind[], body: Rows): boolean {
  const words = kinds.indexOf('number');
  const steps = names.slice(Math.max(1, words));
  if (steps.length < 4) return false;
  if (evenlyRising(steps.map(Number))) return true;
  const named = kinds[0] === 'text' && new Set(columnOf(body, 0)).size === body.length;
  const same = new Set(steps.map((name) => name.replace(/\d+$/, ''))).size === 1;
  return named && same && evenlyRising(steps.map(countIn));
}

/** The format of the UCR archive: a class in the first column, then the series. */
function hasClassFirst(body: Rows, kinds: readonly Kind[], decimal: '.' | ','): boolean {
  // Words beside values, without a header above: names or classes of rows.
  if (kinds[0] === 'text' && kinds.length > 3 && kinds.slice(1).every((kind) => kind === 'number')) return true;
  if (kinds.length < 8 || body.length < 2) return false;
  const first = body.map((row) => numberIn(row[0], decimal));
  const classes = new Set(first).size;
  const others = body.some((row) => row.slice(1).some((cell) => !Number.isInteger(numberIn(cell, decimal))));
  const whole = first.every((value) => value !== undefined && Number.isInteger(value));
  return others && classes < body.length && whole;
}

/** What each column is, as far as one can tell. */
export function rolesOf(known: Known & { arrangement: Arrangement }): Role[] {
  const { body, names, kinds, decimal, arrangement } = known;
  const stacked = arrangement === 'long' ? stackedBy(known) : undefined;
  const time = timeColumn(known);
  const numbers = kinds.filter((kind) => kind === 'number').length;
  const measured = kinds.findIndex((kind, k) => kind === 'number' && VALUE.test(names?.[k] ?? ''));
  const byName = (pattern: RegExp) => (names ?? []).findIndex((name) => pattern.test(name.trim()));
  return kinds.map((kind, k): Role => {
    // A step that no series has is missing in all.
    if (kind === 'empty') return arrangement === 'rows' && Number.isInteger(countIn(names?.[k])) ? 'value' : 'unused';
    if (stacked?.includes(k)) return 'name';
    if (arrangement === 'rows') return roleInRow(known, k);
    if (kind === 'date') return k === time || varies(body, k) ? 'time' : 'unused';
    if (kind === 'text') return k === byName(CLASS) ? 'class' : 'unused';
    if (arrangement === 'long' && k === byName(CLASS)) return 'class';
    if (numbers < 2) return 'value';
    // Beside a column that is called value, numbers of tables and versions are none.
    if (measured >= 0 && k !== measured && constantIn(body, k, stacked)) return 'unused';
    const name = names?.[k]?.trim();
    const column = body.map((row) => numberIn(row[k], decimal) ?? Number.NaN);
    if (/(^|[ _])id$/i.test(name ?? '') && arrangement !== 'long' && countsUp(column)) return 'time';
    if (
      name &&
      (TIME.test(name) || (k === 0 && /^x([ _]?(values?|axis))?$/i.test(name))) &&
      (arrangement === 'long' || rises(column) || falls(column))
    )
      return 'time';
    if (arrangement !== 'long' && isEpoch(column)) return 'time';
    if (k === 0 && arrangement !== 'long' && column.length > 3 && evenlyRising(column)) {
      // An index without a name, or a counter.
      const counts = [0, 1].includes(column[0] as number) && column[1] === (column[0] as number) + 1;
      if (!name || counts) return 'time';
    }
    return 'value';
  });
}

/** Whether numbers are seconds or milliseconds since 1970 that rise evenly, from 2001 to 2033. */
const isEpoch = (values: readonly number[]): boolean => {
  const [first = 0] = values;
  const digits = Math.floor(Math.log10(Math.abs(first)));
  return (
    values.length > 3 &&
    (digits === 9 || digits === 12) &&
    first < 2e12 &&
    Number.isInteger(first) &&
    evenlyRising(values)
  );
};

function roleInRow({ body, names, kinds, decimal }: Known, k: number): Role {
  const name = names?.[k]?.trim() ?? '';
  const last = k === kinds.length - 1;
  if (kinds[k] === 'date') return k === 0 ? 'name' : 'unused';
  if (CLASS.test(name)) return 'class';
  if (kinds[k] === 'text' && body.length > 1) {
    const distinct = new Set(body.map((row) => String(row[k]))).size;
    if (distinct < body.length && (k === 0 || last)) return 'class';
    return k === 0 ? 'name' : 'unused';
  }
  if (k === 0 && names === undefined && hasClassFirst(body, kinds, decimal)) return 'class';
  if (k === 0 && body.length > 1 && names !== undefined && (name === '' || NAME.test(name) || TIME.test(name)))
    return 'name';
  return 'value';
}

const countsUp = (values: readonly number[]): boolean =>
  values.length > 3 &&
  Number.isInteger(values[0]) &&
  values.every((value, k) => k === 0 || value === values[k - 1] + 1);
