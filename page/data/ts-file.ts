import { ParseError } from './parse-error.ts';
import type { Found } from './reading.ts';
import { trimmed } from './table.ts';

/** Whether a text is in the archives' .ts or .arff format. */
export const isTs = (text: string): boolean => /^\s*@data\b/im.test(text);

/**
 * The archives' .ts format: lines of # and @ first, then one series per line, its dimensions and the label separated by colons.
 * Also the older univariate .arff, where the label is the last value.
 *
 * @throws ParseError with the line
 */
export function readTs(text: string): Found[] {
  const arff = /^\s*@relation\b/im.test(text);
  const labelled = arff ? /^\s*@attribute\s.*\{.*\}\s*$/im.test(text) : !/^\s*@classLabel\s+false/im.test(text);
  const found: Found[] = [];
  text.split(/\r?\n/).forEach((line, k) => {
    if (/^\s*([#@%]|$)/.test(line)) return;
    const parts = arff ? columnsOf(line, labelled) : line.trim().split(':');
    const label = labelled && parts.length > 1 ? parts.pop()?.trim() : undefined;
    const dimensions = parts.map((part) => part.split(',').map((cell) => numberOf(cell, k + 1)));
    const [first = []] = dimensions;
    if (dimensions.some(({ length }) => length !== first.length)) {
      throw new ParseError(`Line ${k + 1}: its dimensions have unequal lengths.`);
    }
    const values =
      dimensions.length === 1 ? trimmed(first) : trimmed(first.map((_, t) => dimensions.map((one) => one[t])));
    found.push({ values, ...(label !== undefined && { label: label.replace(/^'(.*)'$/, '$1') }) });
  });
  if (found.length === 0) throw new ParseError('This file has no series after its @data line.');
  return found;
}

function columnsOf(line: string, labelled: boolean): string[] {
  const cut = labelled ? line.lastIndexOf(',') : -1;
  return cut < 0 ? [line] : [line.slice(0, cut), line.slice(cut + 1)];
}

function numberOf(cell: string, line: number): number {
  const text = cell.trim();
  if (text === '?' || text.toLowerCase() === 'nan') return Number.NaN;
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw new ParseError(`Line ${line}: “${text.slice(0, 20)}” is not a number.`);
}
