import { numberIn } from './numbers.ts';
import type { Cell } from './reading.ts';

/**
 * The times of a column as numbers that tell their order; undefined where a cell is none. Of dates such as 3/4/2024, whichever of day and
 * month comes first in most of the file's favour: under which time runs on, not to and fro.
 */
export function timesIn(cells: readonly Cell[], decimal: '.' | ','): readonly number[] | undefined {
  const either = cells.some((cell) => typeof cell === 'string' && DAY.test(cell));
  const readings = (either ? [false, true] : [false]).map((dayFirst) =>
    cells.map((cell) => timeOf(cell, decimal, dayFirst)),
  );
  const [best] = readings
    .filter((times) => times.every((time) => !Number.isNaN(time)))
    .toSorted((one, other) => turns(one) - turns(other));
  return best;
}

/** Whether each time is later than the one before. */
export const rises = (times: readonly number[]): boolean => times.every((time, k) => k === 0 || time > times[k - 1]);

/** Whether each is earlier: the newest comes first. */
export const falls = (times: readonly number[]): boolean => times.every((time, k) => k === 0 || time < times[k - 1]);

/** How often time turns round. */
const turns = (times: readonly number[]): number =>
  times.reduce((sum, time, k) => sum + (k > 1 && (time - times[k - 1]) * (times[k - 1] - times[k - 2]) < 0 ? 1 : 0), 0);

const DAY = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})\b(.*)$/;

function timeOf(cell: Cell, decimal: '.' | ',', dayFirst: boolean): number {
  if (cell instanceof Date) return cell.getTime();
  const value = numberIn(cell, decimal);
  if (value !== undefined) return value;
  const text = String(cell).trim();
  const [, one = '', other = '', year = '', clock = ''] = DAY.exec(text) ?? [];
  if (one !== '') {
    const [day, month] = dayFirst ? [one, other] : [other, one];
    return Date.parse(`${month}/${day}/${year}${clock.replace(',', ' ')}`);
  }
  return Date.parse(/^\d{1,2}:/.test(text) ? `1970-01-01 ${text.replace(',', '.')}` : text.replace(/ ?@ ?/, ' '));
}
