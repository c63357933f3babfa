import { eachOf } from '../engines/cross-block.ts';
import type { CrossBlock, CrossPut, CrossRow } from '../engines/engine.ts';
import { LANES } from '../kernels/index.ts';

// The first rows of a block nearly always follow each other and have all of its columns. They are written by loops with nothing else in them: along the rows and then, into
// the other half of a mirrored matrix, along the columns.

/** Writes pairs into a row-major matrix of so many columns; a mirrored one gets both halves. */
export function intoFlat(out: Float64Array, width: number, mirrored: boolean): CrossPut {
  const put = (k: number, l: number, value: number) => {
    out[k * width + l] = value;
    if (mirrored) out[l * width + k] = value;
  };
  return {
    put,
    putBlock(block) {
      const { rows, columns, values } = block;
      const whole = wholeRows(block);
      const lanes = columns.length;
      const [{ k }] = rows;
      for (let r = 0, at = 0, to = k * width; r < whole; r++, at += LANES, to += width) {
        for (let lane = 0; lane < lanes; lane++) out[to + columns[lane]] = values[at + lane];
      }
      for (let lane = 0; mirrored && lane < lanes; lane++) {
        const to = columns[lane] * width + k;
        for (let r = 0, at = lane; r < whole; r++, at += LANES) out[to + r] = values[at];
      }
      eachOf(block, put, whole);
    },
  };
}

/** The same into a list for each row. */
export function intoLists(out: readonly number[][], mirrored: boolean): CrossPut {
  const put = (k: number, l: number, value: number) => {
    out[k][l] = value;
    if (mirrored) out[l][k] = value;
  };
  return {
    put,
    putBlock(block) {
      const { rows, columns, values } = block;
      const whole = wholeRows(block);
      const lanes = columns.length;
      const [{ k }] = rows;
      for (let r = 0, at = 0; r < whole; r++, at += LANES) {
        const list = out[k + r];
        for (let lane = 0; lane < lanes; lane++) list[columns[lane]] = values[at + lane];
      }
      for (let lane = 0; mirrored && lane < lanes; lane++) {
        const list = out[columns[lane]];
        for (let r = 0, at = lane; r < whole; r++, at += LANES) list[k + r] = values[at];
      }
      eachOf(block, put, whole);
    },
  };
}

/** Lists of zeros, in which V8 keeps numbers unboxed from the beginning. */
export function blankLists(rows: number, columns: number): number[][] {
  const blank = new Array<number>(columns).fill(0.5).fill(0);
  return Array.from({ length: rows }, () => blank.slice());
}

/** How many of the first rows follow each other and have all of the columns. */
function wholeRows({ rows, columns }: CrossBlock): number {
  const least = Math.min(...columns);
  const most = Math.max(...columns);
  const [{ k }] = rows;
  let r = 0;
  while (r < rows.length && isWhole(rows[r], k + r, least, most)) r++;
  return r;
}

const isWhole = (row: CrossRow, k: number, least: number, most: number): boolean =>
  row.k === k && row.from <= least && row.to > most;
