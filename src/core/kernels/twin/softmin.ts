import type { Band, Kernel, Pair, Poll } from '../types.ts';
import { chunkOf } from './chunk.ts';
import { type Border, type MoveCosts, type MoveCostsOf, type MoveRow, moveRow } from './moves/move-costs.ts';

/**
 * The soft minimum over all paths, softmin(x) = -gamma log sum exp(-x / gamma), in the log domain
 * (Cuturi and Blondel, 2017): the plain definition against which faster kernels are tested. `gamma` > 0.
 */
export function softminKernel(costsOf: MoveCostsOf, gamma: number): Kernel {
  return {
    value: (pair, band, poll) =>
      softTable(costsOf(pair), gamma, pair, band, poll, 2)[(pair.n % 2) * (pair.m + 1) + pair.m],
    gradient(pair, band, poll) {
      const costs = costsOf(pair);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      const value = backward(
        costs,
        gamma,
        pair,
        band,
        poll,
        (i, lo, hi, share) => costs.adjoint(i, lo, hi, share, s1, s2),
        (share) => costs.borderAdjoint?.(share, s1, s2),
      );
      return { value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const alignment = new Float64Array(pair.n * pair.m);
      const value = backward(costsOf(pair), gamma, pair, band, poll, (i, lo, hi, { diagonal, up, left }) => {
        const at = i * pair.m;
        for (let j = lo; j <= hi; j++) alignment[at + j] = diagonal[j] + up[j] + left[j];
      });
      return { value, alignment };
    },
  };
}

/** R by rows with a border row and column in front; only the last `kept` rows are kept, row i at i % kept. */
function softTable(
  costs: MoveCosts,
  gamma: number,
  pair: Pair,
  band: Band | undefined,
  poll: Poll,
  kept: number,
): Float64Array {
  const { n, m } = pair;
  // Each row is filled before it is read.
  const table = new Float64Array(kept * (m + 1));
  table.fill(Infinity, 0, m + 1);
  const cost = moveRow(m);
  const chunk = chunkOf(pair);
  const { diagonal, up, left } = cost;
  if (costs.border) table.set(costs.border.above, 1);
  table[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    const above = (i % kept) * (m + 1);
    const row = ((i + 1) % kept) * (m + 1);
    table.fill(Infinity, row, row + m + 1);
    if (costs.border) table[row] = costs.border.left[i];
    for (let j = lo, end = lo; j <= hi; j++) {
      if (j === end) {
        end = Math.min(hi + 1, j + chunk);
        if (j > lo) poll();
        costs.row(i, j, end - 1, cost);
      }
      const a = table[above + j] + diagonal[j];
      const b = table[above + j + 1] + up[j];
      const c = table[row + j] + left[j];
      const least = Math.min(a, b, c);
      if (least === Infinity) continue; // Infinity - Infinity would be NaN
      const sum = Math.exp((least - a) / gamma) + Math.exp((least - b) / gamma) + Math.exp((least - c) / gamma);
      table[row + j + 1] = least - gamma * Math.log(sum);
    }
  }
  return table;
}

/**
 * Walks the cells from last to first and passes on the shares of each row: share of a move = d value / d (its cost). A cell's own share,
 * the sum of what its successors passed to it, is split over its moves by exp((R[cell] - (R[from] + cost)) / gamma).
 */
function backward(
  costs: MoveCosts,
  gamma: number,
  pair: Pair,
  band: Band | undefined,
  poll: Poll,
  visit: (i: number, lo: number, hi: number, share: MoveRow) => void,
  atBorder?: (share: Border) => void,
): number {
  const { n, m } = pair;
  const table = softTable(costs, gamma, pair, band, poll, n + 1);
  const value = table[n * (m + 1) + m];
  if (!Number.isFinite(value)) return value;
  const cost = moveRow(m);
  const share = moveRow(m);
  const chunk = chunkOf(pair);
  const border = { left: new Float64Array(n), above: new Float64Array(m) };
  // Column j is stored at j + 1, as in the table.
  let cells = new Float64Array(m + 1);
  let above = new Float64Array(m + 1);
  cells[m] = 1;
  for (let i = n - 1; i >= 0; i--) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    const row = (i + 1) * (m + 1);
    for (let j = hi, begin = hi + 1; j >= lo; j--) {
      if (j < begin) {
        begin = Math.max(lo, j - chunk + 1);
        if (j < hi) poll();
        costs.row(i, begin, j, cost);
      }
      const cell = cells[j + 1];
      const r = table[row + j + 1];
      const from = row - m - 1 + j;
      share.diagonal[j] = weigh(cell, r, table[from] + cost.diagonal[j], gamma);
      share.up[j] = weigh(cell, r, table[from + 1] + cost.up[j], gamma);
      share.left[j] = weigh(cell, r, table[row + j] + cost.left[j], gamma);
      above[j] += share.diagonal[j];
      above[j + 1] += share.up[j];
      cells[j] += share.left[j];
    }
    border.left[i] = cells[0];
    for (let j = lo; j <= hi; j += chunk) {
      if (j > lo) poll();
      visit(i, j, Math.min(hi, j + chunk - 1), share);
    }
    [cells, above] = [above, cells];
    above.fill(0);
  }
  border.above.set(cells.subarray(1));
  atBorder?.(border);
  return value;
}

/** No share comes from, or goes to, a cell that no path reaches: its `way` is Infinity. */
const weigh = (cell: number, r: number, way: number, gamma: number): number =>
  cell === 0 || way === Infinity ? 0 : cell * Math.exp((r - way) / gamma);
