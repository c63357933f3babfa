import { readBlock, readMatrix } from './arrays.ts';
import { isDate } from './numbers.ts';
import { ParseError } from './parse-error.ts';
import { areTimes, seriesIn } from './points.ts';
import type { Cell, Choices, Found, Reading, Wanted } from './reading.ts';
import { type Series, widthOf } from './series.ts';
import { readTable } from './table.ts';

/** JSON, including what Python writes: NaN is a missing value. Single elements are validated by the service. */
export function readJson(text: string, chosen: Choices, wanted: Wanted): Reading {
  return readData(parsed(text), chosen, wanted);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    try {
      return JSON.parse(text.replace(/(?<=[[,:\s])NaN(?=\s*[\],}])/g, 'null'));
    } catch {
      const lines = text.split('\n').filter((line) => line.trim());
      if (lines.length > 1 && lines.every((line) => /^\s*[[{].*[\]}]\s*$/.test(line))) {
        return lines.map((line) => parsed(line)); // JSON lines
      }
      throw new ParseError(`This is not JSON: ${(error as Error).message}.`);
    }
  }
}

type Records = readonly Readonly<Record<string, unknown>>[];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Series in plain data: numbers, rows, records, or arrays under names. */
export function readData(data: unknown, chosen: Choices, wanted: Wanted): Reading {
  if (isObject(data)) return readObject(data, chosen, wanted);
  if (!Array.isArray(data))
    throw new ParseError('There is no array here: give [1, 2, 3] or {"s1": [...], "s2": [...]}.');
  if (data.length === 0) throw new ParseError('This array is empty: give numbers, such as [1, 2, 3].');
  if (data.every(isObject)) return readRecords(data, chosen, wanted);
  if (data.every(Array.isArray)) return readRows(data as unknown[][], chosen, wanted);
  if (wanted === 'dataset') throw new ParseError('A data set is an array of series: [[1, 2, 3], [2, 3, 4]].');
  return plain([{ values: ofNumbers(data) }]);
}

const plain = (series: readonly Found[], choices: Choices = {}): Reading => ({
  format: 'JSON',
  series,
  choices,
  notes: [],
});

function readRows(rows: readonly (readonly unknown[])[], chosen: Choices, wanted: Wanted): Reading {
  const [first] = rows;
  if (first?.every(Array.isArray) && rows.every((row) => row.every(Array.isArray))) {
    const { series, layout } = readBlock(rows as number[][][], chosen);
    return plain(series, { layout });
  }
  const points = seriesIn(rows);
  if (points.length === rows.length && widthOf(points as Series) < widthOf(rows as Series))
    return plain([{ values: points as Series }]);
  const cells = rows.flat();
  const numeric = cells.every((cell) => typeof cell === 'number' || cell === null);
  const even = rows.every((row) => row.length === first?.length);
  if (wanted === 'series' && chosen.arrangement === undefined) return plain([{ values: rows as never }]);
  const scalar = !cells.some((cell) => typeof cell === 'object' && cell !== null);
  if (even && scalar && !numeric && cells.some((cell) => typeof cell === 'number')) {
    const table = { rows: rows as Cell[][], decimal: '.' } as const;
    return { format: 'JSON', ...readTable(table, { ...chosen }, wanted) };
  }
  if (even && numeric) return { format: 'JSON', ...readMatrix(rows.map(ofNumbers), chosen, wanted) };
  return plain(rows.map((row) => ({ values: ofNumbers(row) })));
}

/** null is a missing value; any other element that is not a number is kept, so that the service can reject it with its place. */
function ofNumbers(values: readonly unknown[]): number[] {
  const large = values.findIndex((value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY);
  if (large >= 0) throw new ParseError(`Value ${large + 1} is too large for a number (1.8e308).`);
  return seriesIn(values) as number[];
}

/** One object per row: a table, or a series with its name in each. */
function readRecords(records: Records, chosen: Choices, wanted: Wanted): Reading {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
    (name) => !/^__index_level/.test(name),
  );
  const list = listIn(records, names);
  if (list !== undefined) {
    const inner = records.flatMap((record) => record[list]);
    if (inner.length > 0 && inner.every(isObject) && !records.some((record) => isTimed(record[list])))
      return readData(inner, chosen, wanted);
    const found = records.map((record) => pointsOf(record[list]));
    const called = namesOf(records);
    return plain(found.map((values, k) => ({ values, ...described(records[k] ?? {}, called[k]) })));
  }
  const rows = records.map((record) => names.map((name) => record[name] as Cell));
  return { format: 'JSON', ...readTable({ rows, decimal: '.', names }, { header: false, ...chosen }, wanted) };
}

/** Points by their times, {"1704067200": 0.5}: as OpenTSDB writes them. */
const isTimed = (value: unknown): value is Record<string, number> =>
  isObject(value) &&
  Object.keys(value).length > 1 &&
  Object.values(value).every((one) => typeof one === 'number' || one === null);

const pointsOf = (value: unknown): Series => seriesIn(Array.isArray(value) ? value : Object.values(value as object));

/** The field with the values, if each record is a series: times and the names of columns are none. */
function listIn(records: Records, names: readonly string[]): string | undefined {
  const lists = names.filter((name) => records.every((record) => Array.isArray(record[name]) || isTimed(record[name])));
  const measured = lists.filter((name) =>
    records.every((record) => {
      const values = Array.isArray(record[name]) ? record[name] : Object.values(record[name] as object);
      return values.length > 0 && !areTimes(values) && typeof seriesIn(values)[0] !== 'string';
    }),
  );
  return measured[0] ?? lists[0];
}

const NAMING = /^(name|title|target|id|series|item|key|legend|label|scope|metric)/i;

/** What tells the series apart: their names, or the labels in which they differ. */
function namesOf(records: Records): (string | undefined)[] {
  const labels = ['metric', 'tags', 'labels'].find((name) => records.every((record) => isObject(record[name])));
  if (labels !== undefined) {
    const all = records.map((record) => record[labels] as Record<string, unknown>);
    const keys = [...new Set(all.flatMap((one) => Object.keys(one)))];
    const differ = keys.filter((key) => new Set(all.map((one) => one[key])).size > 1);
    const told = differ.length > 0 ? differ : keys.slice(0, 1);
    if (told.length > 0)
      return all.map((one) =>
        told
          .map((key) => one[key] ?? '')
          .join(' ')
          .trim(),
      );
  }
  const fields = Object.keys(records[0] ?? {}).filter(
    (name) => NAMING.test(name) && records.every((record) => ['string', 'number'].includes(typeof record[name])),
  );
  const valuesOf = (name: string) => records.map((record) => String(record[name]));
  const distinct = fields.find((name) => new Set(valuesOf(name)).size === records.length);
  const field = distinct ?? fields.find((name) => !/^label$/i.test(name));
  return field === undefined ? [] : valuesOf(field);
}

/** The name of a series, and its class. */
function described(record: Readonly<Record<string, unknown>>, name: string | undefined): Pick<Found, 'name' | 'label'> {
  const label = Object.entries(record).find(
    ([field, value]) =>
      /^(class|label|target|y|category)$/i.test(field) && typeof value !== 'object' && String(value) !== name,
  )?.[1];
  return { ...(name !== undefined && { name }), ...(label !== undefined && { label: String(label) }) };
}

function readObject(data: Readonly<Record<string, unknown>>, chosen: Choices, wanted: Wanted): Reading {
  // pandas: orient="split"
  if (Array.isArray(data.columns) && Array.isArray(data.data) && data.data.every(Array.isArray)) {
    const rows = data.data as Cell[][];
    const names = data.columns.map(String);
    return { format: 'JSON', ...readTable({ rows, decimal: '.', names }, { header: false, ...chosen }, wanted) };
  }
  const arrays = Object.entries(data).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  if (arrays.length === 0) return readNested(data, chosen, wanted);
  const of = (values: readonly unknown[]) => Array.isArray(values[0]) || (values.length > 0 && values.every(isObject));
  const many = arrays.find(([name, values]) => /^(series|x|data|dataset1?)$/i.test(name) && of(values));
  if (many || (arrays.length === 1 && of(arrays[0]?.[1] ?? []) && wanted !== 'series')) {
    const [name, values] = many ?? (arrays[0] as [string, unknown[]]);
    const reading = readData(values, chosen, wanted === 'series' ? 'any' : wanted);
    const labels = arrays.find(([other, list]) => other !== name && list.length === reading.series.length)?.[1];
    return {
      ...reading,
      series: reading.series.map((one, k) => ({ ...one, ...(labels && { label: String(labels[k]) }) })),
    };
  }
  const records = arrays.filter(([, values]) => values.length > 0 && values.every(isObject));
  if (records.length === 1 && wanted !== 'series') return readData(records[0]?.[1], chosen, wanted);
  const [first] = arrays;
  const even = arrays.every(([, values]) => values.length === first?.[1].length && !values.some(Array.isArray));
  const timed = arrays.some(
    ([name, values]) =>
      /^(time|t|date|datetime|timestamp|index|zeit|datum)$/i.test(name) || typeof values[0] === 'string',
  );
  if (even && (timed || chosen.arrangement)) {
    const names = arrays.map(([name]) => name);
    const rows = (first?.[1] ?? []).map((_, k) => arrays.map(([, values]) => values[k] as Cell));
    return { format: 'JSON', ...readTable({ rows, decimal: '.', names }, { header: false, ...chosen }, wanted) };
  }
  return plain(arrays.map(([name, values]) => ({ name, values: seriesIn(values) })));
}

/** pandas: {column: {index: value}}, or {index: {column: value}}. */
function readNested(data: Readonly<Record<string, unknown>>, chosen: Choices, wanted: Wanted): Reading {
  const outer = Object.entries(data);
  const holds = outer.filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]));
  const [[, only] = []] = holds;
  // Wrapped: {"data": {"series": [...]}}, beside what is said about it.
  if (holds.length === 1 && only && Object.values(only).some((value) => typeof value === 'object' && value !== null))
    return readData(only, chosen, wanted);
  const within = holds.filter(([, value]) => Object.values(value).some(Array.isArray));
  if (within.length === 1) return readData(within[0]?.[1], chosen, wanted);
  // pandas: a Series, {index: value}
  if (outer.length > 1 && outer.every(([, value]) => typeof value === 'number' || value === null))
    return plain([{ values: ofNumbers(Object.values(data)) }]);
  if (outer.length === 0 || !outer.every(([, value]) => isObject(value))) {
    throw new ParseError('This object has no array: give [1, 2, 3] or {"s1": [...], "s2": [...]}.');
  }
  const inner = outer.map(([, value]) => value as Record<string, Cell>);
  const counted = (names: readonly string[]) => names.every((name) => /^\d+$/.test(name) || isDate(name));
  if (counted(Object.keys(data)) && !counted(Object.keys(inner[0] ?? {}))) return readRecords(inner, chosen, wanted);
  const names = Object.keys(data);
  const rows = Object.keys(inner[0] ?? {}).map((key) => inner.map((column) => column[key]));
  return { format: 'JSON', ...readTable({ rows, decimal: '.', names }, { header: false, ...chosen }, wanted) };
}
