import { decode } from './decode.ts';
import { DELIMITERS, split } from './delimited.ts';
import { filled } from './gaps.ts';
import { readJson } from './json.ts';
import { isNpy, readNpy } from './npy.ts';
import { ParseError } from './parse-error.ts';
import { isPrinted, readPrinted } from './printed.ts';
import type { Choices, Found, Reading, Wanted } from './reading.ts';
import { foreign, markupIn } from './signature.ts';
import { readTable } from './table.ts';
import { isTs, readTs } from './ts-file.ts';

/**
 * Reads the series of a file of any kind: delimited text, JSON, NumPy, Parquet, the archives' .ts. It is recognised by its first bytes, not
 * by its name. Needs no browser.
 *
 * @param name the file's name, for the series that have none
 * @param chosen what must not be guessed
 * @throws ParseError with what is wrong and where
 */
export async function read(
  bytes: Uint8Array,
  name: string,
  chosen: Choices = {},
  wanted: Wanted = 'any',
): Promise<Reading> {
  const starts = (...head: number[]) => head.every((byte, k) => bytes[k] === byte);
  if (starts(0x1f, 0x8b)) return await read(await gunzipped(bytes), name.replace(/\.gz$/i, ''), chosen, wanted);
  const stem = name.replace(/\.[a-z]\w{0,7}$/i, '');
  if (isNpy(bytes)) return finished(readNpy(bytes, chosen, wanted), chosen, stem);
  if (starts(0x50, 0x4b, 3, 4)) {
    const { readNpz, onlyFileIn } = await import('./npz.ts');
    const only = onlyFileIn(bytes);
    if (only) return await read(only.bytes, only.name, chosen, wanted);
    return finished(readNpz(bytes, chosen, wanted), chosen, stem);
  }
  if (starts(0x50, 0x41, 0x52, 0x31)) {
    const { readParquet } = await import('./parquet.ts');
    return finished(await readParquet(bytes, chosen, wanted), chosen, stem);
  }
  const other = foreign(bytes);
  if (other) throw new ParseError(`This is ${other}: ${USE}`);
  const text = decode(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these
  if (/[\0-\x08\x0e-\x19]/.test(text)) throw new ParseError(`This is neither text nor a supported format: ${USE}`);
  const markup = markupIn(text);
  if (markup) throw new ParseError(`This is ${markup}: ${USE}`);
  return readText(text, chosen, wanted, stem);
}

const USE = 'save the numbers as CSV, JSON, .npy, .npz or Parquet and use that.';

/** Reads the series in a text. */
export function readText(text: string, chosen: Choices = {}, wanted: Wanted = 'any', stem = ''): Reading {
  const body = text.trim(); // also removes a byte order mark
  if (body === '') throw new ParseError('There is nothing here: give numbers, such as 1, 2, 3.');
  return finished(recognised(body, text.replace(/^\ufeff/, ''), chosen, wanted), chosen, stem);
}

function recognised(body: string, text: string, chosen: Choices, wanted: Wanted): Reading {
  if (/^[[{]/.test(body)) {
    try {
      return readJson(body, chosen, wanted);
    } catch (error) {
      if (!isPrinted(body)) throw error;
    }
  }
  if (isPrinted(body)) return readPrinted(body, chosen, wanted);
  if (isTs(body)) return { format: '.ts', series: readTs(text), choices: {}, notes: [] };
  const { rows, lines, delimiter, decimal, ambiguous } = split(text, chosen);
  const table = readTable({ rows, lines, decimal }, chosen, wanted);
  const notes = ambiguous ? [decimal === ',' ? 'one column of decimals with a comma' : 'two columns'] : [];
  const between = DELIMITERS[delimiter as keyof typeof DELIMITERS];
  return {
    ...table,
    format: between === 'none' ? 'one value per line' : `${between}s between values`,
    choices: { delimiter, decimal, ...table.choices },
    notes: [...notes, ...table.notes],
  };
}

/** Names all series, fills or keeps gaps, and drops series without values. */
function finished(reading: Reading, { gaps = 'fill' }: Choices, stem: string): Reading {
  const notes = [...reading.notes];
  const present = reading.series.filter(({ values }) => values.length > 0);
  if (!present.every(({ values }) => isEven(values))) throw new ParseError(MIXED);
  if (present.length === 0) throw new ParseError('There is no series with a value here.');
  const empty = reading.series.length - present.length;
  if (empty > 0) notes.push(`${empty} without a value skipped`);
  let missing = 0;
  const series = present.map((found, k): Found => {
    const name = found.name ?? (found.label !== undefined ? `${found.label} ${k}` : numbered(stem, k, present.length));
    const { found: whole, count } = filled(found);
    missing += count;
    return { ...(gaps === 'fill' ? whole : found), name };
  });
  if (missing > 0) {
    const what = `${missing} missing ${missing === 1 ? 'value' : 'values'}`;
    notes.push(gaps === 'fill' ? `${what} filled in by interpolation` : `${what} kept`);
  }
  return { ...reading, series, notes, choices: { ...reading.choices, ...(missing > 0 && { gaps }) } };
}

const MIXED = 'A series is a list of numbers, or of rows of numbers: here one is both, or holds something else.';

/** Whether all elements are rows, or none is. */
function isEven(values: readonly unknown[]): boolean {
  const rows = Array.isArray(values[0]);
  return values.every((one) => Array.isArray(one) === rows && (rows || typeof one !== 'object' || one === null));
}

const numbered = (stem: string, k: number, count: number): string => (count === 1 ? stem : `${stem} ${k}`.trim());

const gunzipped = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await new Response(
      new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip')),
    ).arrayBuffer(),
  );
