import type { Band } from '../types.ts';

/** Windows as assembly/bounds.ts reads them, in the order of their widths. */
export interface Windows {
  readonly table: Int32Array;
  readonly levels: number;
}

/** The windows of the rows of a band. */
export function windowsOf({ lo, hi }: Band): Windows {
  const levelOf = (row: number) => 31 - Math.clz32(hi[row] - lo[row] + 1);
  const rows: number[][] = [];
  for (let row = 0; row < lo.length; row++) {
    const level = levelOf(row);
    while (rows.length <= level) rows.push([]);
    rows[level].push(row);
  }
  const table = new Int32Array(rows.length + 3 * lo.length);
  let at = 0;
  for (const [level, some] of rows.entries()) {
    table[at++] = some.length;
    for (const row of some) {
      table[at++] = row;
      table[at++] = lo[row];
      table[at++] = hi[row] + 1 - 2 ** level;
    }
  }
  return { table, levels: rows.length };
}

/** The most numbers that the table of so many rows takes. */
export const windowNumbers = (rows: number): number => 3 * rows + 32;
