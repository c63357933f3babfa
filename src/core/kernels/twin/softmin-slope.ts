import type { Band, Pair, Poll } from '../types.ts';
import { chunkOf } from './chunk.ts';
import { type MoveCostsOf, moveRow } from './moves/move-costs.ts';

/**
 * d value / d gamma of the soft minimum over all paths: minus the entropy of its distribution over them, computed without differences of large
 * numbers. With D[i,j] = d R[i,j] / d gamma and the shares p of the three moves into a cell,
 *   D[i,j] = sum of p D[from] + sum of p log p
 */
export function softminSlope(
  costsOf: MoveCostsOf,
  gamma: number,
  pair: Pair,
  band: Band | undefined,
  poll: Poll,
): number {
  const { n, m } = pair;
  const costs = costsOf(pair);
  const cost = moveRow(m);
  const chunk = chunkOf(pair);
  const { diagonal, up, left } = cost;
  // Column j is stored at j + 1; index 0 is the border, which does not depend on gamma.
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  let slopeAbove = new Float64Array(m + 1);
  let slope = new Float64Array(m + 1);
  if (costs.border) above.set(costs.border.above, 1);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    row.fill(Infinity);
    slope.fill(0);
    if (costs.border) row[0] = costs.border.left[i];
    for (let j = lo, end = lo; j <= hi; j++) {
      if (j === end) {
        end = Math.min(hi + 1, j + chunk);
        if (j > lo) poll();
        costs.row(i, j, end - 1, cost);
      }
      const a = above[j] + diagonal[j];
      const b = above[j + 1] + up[j];
      const c = row[j] + left[j];
      const least = Math.min(a, b, c);
      if (least === Infinity) continue; // Infinity - Infinity would be NaN
      const p = Math.exp((least - a) / gamma);
      const q = Math.exp((least - b) / gamma);
      const r = Math.exp((least - c) / gamma);
      const sum = p + q + r;
      row[j + 1] = least - gamma * Math.log(sum);
      slope[j + 1] = part(p / sum, slopeAbove[j]) + part(q / sum, slopeAbove[j + 1]) + part(r / sum, slope[j]);
    }
    [above, row] = [row, above];
    [slopeAbove, slope] = [slope, slopeAbove];
  }
  return slopeAbove[m];
}

const part = (share: number, from: number): number => (share === 0 ? 0 : share * (from + Math.log(share)));
