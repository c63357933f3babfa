import { readDelimited } from './delimited.ts';
import { readNpy } from './npy.ts';
import { ParseError } from './parse-error.ts';
import type { Series } from './series.ts';
import { readTs } from './ts-file.ts';

/** A series as it was found in a text or a file, with the name or label that it has there. */
export interface Found {
  readonly values: Series;
  readonly name?: string;
}

/** What is looked for: one or two series (rows are time steps), or a data set (rows are series). */
export type Wanted = 'series' | 'dataset';

/**
 * Reads pasted text: JSON, the archives' .ts format, or numbers between commas, semicolons, tabs or spaces.
 *
 * @throws ParseError that says which line or element is wrong
 */
export function parseText(text: string, wanted: Wanted): Found[] {
  const start = text.trimStart()[0];
  if (start === undefined) throw new ParseError('There is nothing here: give numbers, such as 1, 2, 3.');
  if (start === '[' || start === '{') return readJson(text, wanted);
  if (start === '@' || start === '#' || /^[^\n]*\d:[^\n]*$/m.test(text)) return readTs(text);
  return readDelimited(text, wanted);
}

/** Reads a file by its name: .npy, .ts, .json, .csv or another text. */
export async function parseFile(file: File, wanted: Wanted): Promise<Found[]> {
  if (/\.npy$/i.test(file.name)) return readNpy(await file.arrayBuffer(), wanted);
  const text = await file.text();
  return /\.ts$/i.test(file.name) ? readTs(text) : parseText(text, wanted);
}

/** What the elements are is for the service to judge: it points to each that is wrong. */
function readJson(text: string, wanted: Wanted): Found[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new ParseError(`This is not JSON: ${(error as Error).message}.`);
  }
  if (!Array.isArray(data)) {
    const named = Object.entries(data as object).filter(([, value]) => Array.isArray(value));
    if (wanted === 'dataset' && named.length === 1) return readJson(JSON.stringify(named[0]?.[1]), wanted);
    if (named.length === 0)
      throw new ParseError('This object has no array: give [1, 2, 3] or {"s1": [...], "s2": [...]}.');
    return named.map(([name, values]) => ({ name, values: values as Series }));
  }
  if (data.length === 0) throw new ParseError('This array is empty: give numbers, such as [1, 2, 3].');
  if (wanted === 'series') return [{ values: data as Series }];
  if (!data.every(Array.isArray)) throw new ParseError('A data set is an array of series: [[1, 2, 3], [2, 3, 4]].');
  return data.map((values) => ({ values: values as Series }));
}
