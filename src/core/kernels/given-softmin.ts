import { chunkOf } from './twin/chunk.ts';
import type { Band, MoveTables, Poll } from './types.ts';

/** What a sweep found. `ways`: for each cell the shares of its three moves, diagonal, up, left; they add up to 1, or are 0 in a cell that no path reaches. */
export interface SoftSweep {
  readonly value: number;
  readonly ways?: Float64Array;
  /** d value / d gamma: minus the entropy of the distribution over paths, from D = sum of share (D[from] + log share). Only with `ways`. */
  readonly slope: number;
}

const CHUNK = chunkOf({ d: 1 });

/** The soft minimum over all paths through n x m cells with given costs, `softminKernel` in one sweep. With `keep`, what its gradient needs. */
export function softSweep(
  { diagonal, up, left, border }: MoveTables,
  gamma: number,
  n: number,
  m: number,
  band: Band | undefined,
  poll: Poll,
  keep: boolean,
): SoftSweep {
  const ways = keep ? new Float64Array(3 * n * m) : undefined;
  // Column j is stored at j + 1; index 0 is the border, which does not depend on gamma.
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1);
  let slopeAbove = new Float64Array(m + 1);
  let slope = new Float64Array(m + 1);
  if (border) above.set(border.above, 1);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    row.fill(Infinity);
    slope.fill(0);
    if (border) row[0] = border.left[i];
    for (let from = lo; from <= hi; from += CHUNK) {
      poll();
      const to = Math.min(hi, from + CHUNK - 1);
      for (let j = from, at = i * m + from; j <= to; j++, at++) {
        const a = above[j] + diagonal[at];
        const b = above[j + 1] + up[at];
        const c = row[j] + left[at];
        const least = Math.min(a, b, c);
        if (least === Infinity) continue; // Infinity - Infinity would be NaN
        const x = (least - a) / gamma;
        const y = (least - b) / gamma;
        const z = (least - c) / gamma;
        const p = x === 0 ? 1 : Math.exp(x);
        const q = y === 0 ? 1 : Math.exp(y);
        const r = z === 0 ? 1 : Math.exp(z);
        const sum = p + q + r;
        const log = Math.log(sum);
        row[j + 1] = least - gamma * log;
        if (ways === undefined) continue;
        ways[3 * at] = p / sum;
        ways[3 * at + 1] = q / sum;
        ways[3 * at + 2] = r / sum;
        // A share of 0 contributes 0, where 0 x -Infinity would be NaN.
        const parts =
          (p === 0 ? 0 : p * (slopeAbove[j] + x)) +
          (q === 0 ? 0 : q * (slopeAbove[j + 1] + y)) +
          (r === 0 ? 0 : r * (slope[j] + z));
        slope[j + 1] = parts / sum - log;
      }
    }
    [above, row] = [row, above];
    [slopeAbove, slope] = [slope, slopeAbove];
  }
  return { value: above[m], slope: slopeAbove[m], ...(ways && { ways }) };
}

/**
 * Adds d value / d cost to `shares`, from last cell to first: a cell's own share, the sum of what its successors passed to it, is split over its
 * moves by their ways.
 */
export function softShares(
  ways: Float64Array,
  { diagonal, up, left, border }: MoveTables,
  n: number,
  m: number,
  band: Band | undefined,
  poll: Poll,
): void {
  const alike = diagonal === up && up === left;
  // Column j is stored at j + 1, as in the sweep.
  let cells = new Float64Array(m + 1);
  let above = new Float64Array(m + 1);
  cells[m] = 1;
  for (let i = n - 1; i >= 0; i--) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    for (let j = hi, at = i * m + hi; j >= lo; j--, at--) {
      const cell = cells[j + 1];
      if (cell === 0) continue;
      const d = cell * ways[3 * at];
      const u = cell * ways[3 * at + 1];
      const l = cell * ways[3 * at + 2];
      above[j] += d;
      above[j + 1] += u;
      cells[j] += l;
      if (alike) diagonal[at] += d + u + l;
      else {
        diagonal[at] += d;
        up[at] += u;
        left[at] += l;
      }
    }
    if (border) border.left[i] = cells[0];
    [cells, above] = [above, cells];
    above.fill(0);
  }
  if (border) border.above.set(cells.subarray(1));
}
