import type { Band, Poll } from '../types.ts';

/** Windows as assembly/bounds.ts reads them, in the order of their widths. */
export interface Windows {
  readonly table: Int32Array;
  readonly levels: number;
}

/** The windows of the rows of a band. */
export function windowsOf({ lo, hi }: Band, poll: Poll): Windows {
  const counts = new Int32Array(32);
  let levels = 0;
  for (let row = 0; row < lo.length; row++) {
    if (row % POLL_EVERY === 0) poll();
    const level = levelOf(lo[row], hi[row]);
    counts[level]++;
    if (level >= levels) levels = level + 1;
  }
  const table = new Int32Array(levels + 3 * lo.length);
  const next = new Int32Array(levels);
  for (let level = 0, at = 0; level < levels; level++) {
    table[at] = counts[level];
    next[level] = at + 1;
    at += 1 + 3 * counts[level];
  }
  for (let row = 0; row < lo.length; row++) {
    if (row % POLL_EVERY === 0) poll();
    const level = levelOf(lo[row], hi[row]);
    const at = next[level];
    table[at] = row;
    table[at + 1] = lo[row];
    table[at + 2] = hi[row] + 1 - 2 ** level;
    next[level] = at + 3;
  }
  return { table, levels };
}

const levelOf = (first: number, last: number): number => 31 - Math.clz32(last - first + 1);

/** Rows between two polls: about a millisecond. */
const POLL_EVERY = 2 ** 17;

/** The most numbers that the table of so many rows takes. */
export const windowNumbers = (rows: number): number => 3 * rows + 32;
