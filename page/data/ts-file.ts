import type { Found } from './parse.ts';
import { ParseError } from './parse-error.ts';

/**
 * The archives' .ts format: lines of # and @ first, then one series to a line, its dimensions and the label between colons.
 *
 * @throws ParseError with the line
 */
export function readTs(text: string): Found[] {
  const labelled = !/^@classLabel\s+false/im.test(text);
  const found: Found[] = [];
  text.split(/\r?\n/).forEach((line, k) => {
    if (/^\s*([#@]|$)/.test(line)) return;
    const parts = line.trim().split(':');
    const label = labelled && parts.length > 1 ? parts.pop() : undefined;
    const dimensions = parts.map((part) => part.split(',').map((cell) => numberOf(cell, k + 1)));
    const [first = []] = dimensions;
    if (dimensions.some(({ length }) => length !== first.length)) {
      throw new ParseError(`Line ${k + 1}: its dimensions have unequal lengths.`);
    }
    const values = dimensions.length === 1 ? first : first.map((_, t) => dimensions.map((one) => one[t] as number));
    found.push({ values, ...(label !== undefined && { name: label }) });
  });
  if (found.length === 0) throw new ParseError('This file has no series after its @data line.');
  return found;
}

function numberOf(cell: string, line: number): number {
  const value = Number(cell);
  if (cell.trim() !== '' && Number.isFinite(value)) return value;
  const what =
    cell.trim() === '?' ? 'a missing value (?) inside a series' : `“${cell.trim().slice(0, 20)}” is not a number`;
  throw new ParseError(`Line ${line}: ${what}.`);
}
