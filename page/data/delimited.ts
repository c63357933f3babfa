import { dsvFormat } from 'd3-dsv';
import { readsAsDecimals } from './decimal-comma.ts';
import { isDate, numberIn } from './numbers.ts';
import { type Choices, widest } from './reading.ts';

/** What separates the values of a line; '' if each line is one value. */
export const DELIMITERS = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  ' ': 'space',
  '|': 'bar',
  '': 'none',
} as const;

type Decimal = '.' | ',';
type Candidate = readonly [delimiter: string, decimal: Decimal];

/** In order of preference if they fit equally well. */
const CANDIDATES: readonly Candidate[] = [
  [',', '.'],
  [';', ','],
  [';', '.'],
  ['\t', ','],
  ['\t', '.'],
  ['|', '.'],
  ['|', ','],
  [' ', '.'],
  [' ', ','],
  ['', '.'],
  ['', ','],
  [',', ','],
];

/** How much of a file is used to guess its format. */
const SAMPLE = 60_000;

/** The lines of a text as cells, with their line numbers, and how they were split. */
export interface Split {
  readonly rows: readonly (readonly string[])[];
  /** The number of each row's line, from 1. */
  readonly lines: readonly number[];
  readonly delimiter: string;
  readonly decimal: Decimal;
  /** Whether both a column of decimals with commas and two columns would fit. */
  readonly ambiguous: boolean;
}

/** Splits a text into cells. Delimiter and decimal sign are those under which most cells are numbers, and most lines have equal length. */
export function split(text: string, chosen: Choices): Split {
  const said = /^sep=(.)\r?\n/i.exec(text)?.[1]; // Excel's way to declare it
  const body = said ? text.slice(6) : text;
  const delimiter = chosen.delimiter ?? said;
  const candidates = CANDIDATES.filter(
    ([mark, sign]) => mark === (delimiter ?? mark) && sign === (chosen.decimal ?? sign),
  );
  const end = body.lastIndexOf('\n', SAMPLE);
  const sample = body.length > SAMPLE && end > 0 ? body.slice(0, end) : body;
  const fallback: Candidate = [delimiter ?? ',', chosen.decimal ?? '.'];
  let best = fallback;
  let most = -1;
  for (const candidate of candidates) {
    const fit = fitOf(sample, candidate);
    if (fit > most) [best, most] = [candidate, fit];
  }
  let ambiguous = false;
  if (best[0] === ',' && best[1] === '.') {
    const verdict = readsAsDecimals(cellsOf(sample, ','));
    ambiguous = verdict !== undefined;
    if (verdict && chosen.delimiter === undefined && chosen.decimal === undefined) best = ['', ','];
  }
  const all = cellsOf(body, best[0]);
  const kept = all.flatMap((row, k) => (row.some((cell) => cell !== '') ? [k] : []));
  return {
    rows: kept.map((k) => all[k] as string[]),
    lines: kept.map((k) => k + 1 + (said ? 1 : 0)),
    delimiter: best[0],
    decimal: best[1],
    ambiguous,
  };
}

/** How well a text reads under a delimiter and a decimal sign: the fraction of cells that are numbers, lower if lines differ. */
function fitOf(text: string, [delimiter, decimal]: Candidate): number {
  const rows = cellsOf(text, delimiter)
    .filter((row) => row.some((cell) => cell !== ''))
    .slice(0, 200);
  if (rows.length === 0) return 0;
  const widths = new Map<number, number>();
  let [cells, good] = [0, 0];
  for (const row of rows) {
    widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
    for (const cell of row) {
      cells++;
      if (numberIn(cell, decimal) !== undefined || isDate(cell)) good++;
    }
  }
  const equal = Math.max(...widths.values()) / rows.length;
  const shows = decimal === '.' ? /\d\.\d/ : /\d,\d/;
  const used = delimiter !== decimal && shows.test(text) ? 0.005 : 0;
  const apart = rows.some((row) => row.length > 1) ? 0.01 : 0;
  return (good / cells) * (0.5 + 0.5 * equal) + used + apart;
}

/** A comment marker, as written by numpy.savetxt and instruments. */
const COMMENT = /^[ \t]*(?:[#%]+|\/\/)(?!N\/A)[ \t]*/gm;

/** What InfluxDB says of its columns; and the lines that programs draw around a table, of bars, dashes and crosses. */
const NO_CELLS = /^(?:#(?:group|datatype|default),.*|[ \t:=-]*[|+][ \t|+:=-]*)$/gm;

function cellsOf(text: string, delimiter: string): string[][] {
  const plain = text.replace(NO_CELLS, '').replace(COMMENT, '');
  const even = delimiter === ' ' ? plain.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '') : plain;
  const rows: string[][] = dsvFormat(delimiter || '\u001f').parseRows(even);
  const trimmed = rows.map((row) => row.map((cell) => cell.trim()));
  // A delimiter at the end of each line does not start a column.
  const width = widest(trimmed);
  const closed = width > 1 && trimmed.every((row) => row.length < width || row[width - 1] === '');
  return closed ? trimmed.map((row) => row.slice(0, width - 1)) : trimmed;
}
