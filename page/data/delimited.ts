import type { Found, Wanted } from './parse.ts';
import { ParseError } from './parse-error.ts';

/**
 * Numbers between commas, semicolons, tabs or spaces. A first line of words is taken for names. One line or one column is one series;
 * else each row is a time step (series) or a series (data set).
 *
 * @throws ParseError with the line
 */
export function readDelimited(text: string, wanted: Wanted): Found[] {
  const lines = text.split(/\r?\n/).map((line, k) => ({ number: k + 1, cells: cellsOf(line) }));
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [first] = filled;
  if (first && filled.length > 1 && first.cells.every((cell) => Number.isNaN(Number(cell)))) filled.shift();
  const rows = filled.map(({ number, cells }) => cells.map((cell, k) => numberOf(cell, number, k + 1)));
  if (wanted === 'dataset') return rows.map((values) => ({ values }));
  if (rows.length === 1) return [{ values: rows[0] as number[] }];
  const width = rows[0]?.length ?? 0;
  rows.forEach((row, k) => {
    if (row.length === width) return;
    throw new ParseError(
      `Line ${filled[k]?.number} has ${row.length} values, the first has ${width}: each line is one time step.`,
    );
  });
  return [{ values: width === 1 ? rows.flat() : rows }];
}

function cellsOf(line: string): string[] {
  const text = line.trim().replace(/[,;]$/, '');
  const between = [',', ';', '\t'].find((mark) => text.includes(mark)) ?? /\s+/;
  return text.split(between).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}

function numberOf(cell: string, line: number, column: number): number {
  const value = cell === '' ? Number.NaN : Number(cell);
  if (Number.isFinite(value)) return value;
  const what = cell === '' ? 'is empty' : `“${cell.slice(0, 20)}” is not a number`;
  throw new ParseError(`Line ${line}, value ${column}: ${what}.`);
}
