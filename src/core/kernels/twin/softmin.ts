import type { Band, Kernel, Pair, Poll } from '../types.ts';
import type { LocalCost } from './local-cost.ts';

/**
 * The soft minimum over all paths, softmin(x) = -gamma log sum exp(-x / gamma), in the log domain
 * (Cuturi and Blondel, 2017): the plain definition that faster kernels are held to. `gamma` > 0.
 */
export function softminKernel(local: LocalCost, gamma: number): Kernel {
  return {
    value(pair, band, poll) {
      const { n, m } = pair;
      const cost = new Float64Array(m);
      let above = new Float64Array(m + 1).fill(Infinity);
      let row = new Float64Array(m + 1).fill(Infinity);
      above[0] = 0;
      for (let i = 0; i < n; i++) {
        poll();
        const lo = band ? band.lo[i] : 0;
        const hi = band ? band.hi[i] : m - 1;
        local.row(pair, i, lo, hi, cost);
        row.fill(Infinity);
        for (let j = lo; j <= hi; j++) row[j + 1] = cost[j] + softmin(above[j], above[j + 1], row[j], gamma);
        [above, row] = [row, above];
      }
      return above[m];
    },
    gradient(pair, band, poll) {
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      const value = backward(local, gamma, pair, band, poll, (i, lo, hi, share) =>
        local.adjoint(pair, i, lo, hi, share, s1, s2),
      );
      return { value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const alignment = new Float64Array(pair.n * pair.m);
      const value = backward(local, gamma, pair, band, poll, (i, lo, hi, share) =>
        alignment.set(share.subarray(lo, hi + 1), i * pair.m + lo),
      );
      return { value, alignment };
    },
  };
}

/**
 * Walks the rows from last to first and hands on E[i, lo..hi] = d value / d cost(i, j):
 * E[i,j] = sum over the cells s that follow of E[s] exp((R[s] - cost[s] - R[i,j]) / gamma), E[n-1,m-1] = 1.
 */
function backward(
  local: LocalCost,
  gamma: number,
  pair: Pair,
  band: Band | undefined,
  poll: Poll,
  visit: (i: number, lo: number, hi: number, share: Float64Array) => void,
): number {
  const { n, m } = pair;
  const table = softTable(local, gamma, pair, band, poll);
  const value = table[n * (m + 1) + m];
  if (!Number.isFinite(value)) return value;
  // before[s] = R[s] - cost[s], the softmin that cell s saw; Infinity outside, where no weight comes from.
  let before = new Float64Array(m + 1).fill(Infinity);
  let beforeBelow = new Float64Array(m + 1).fill(Infinity);
  let share = new Float64Array(m + 1);
  let shareBelow = new Float64Array(m + 1);
  const cost = new Float64Array(m);
  for (let i = n - 1; i >= 0; i--) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    const at = (i + 1) * (m + 1) + 1;
    local.row(pair, i, lo, hi, cost);
    before.fill(Infinity);
    share.fill(0);
    for (let j = hi; j >= lo; j--) {
      const r = table[at + j];
      if (r === Infinity) continue;
      before[j] = r - cost[j];
      share[j] =
        i === n - 1 && j === m - 1
          ? 1
          : weight(shareBelow[j + 1], beforeBelow[j + 1], r, gamma) +
            weight(shareBelow[j], beforeBelow[j], r, gamma) +
            weight(share[j + 1], before[j + 1], r, gamma);
    }
    visit(i, lo, hi, share);
    [share, shareBelow] = [shareBelow, share];
    [before, beforeBelow] = [beforeBelow, before];
  }
  return value;
}

const weight = (share: number, before: number, r: number, gamma: number): number =>
  share === 0 ? 0 : share * Math.exp((before - r) / gamma);

/** R with a border row and column in front: R[i,j] stands at (i + 1) * (m + 1) + j + 1. */
function softTable(local: LocalCost, gamma: number, pair: Pair, band: Band | undefined, poll: Poll): Float64Array {
  const { n, m } = pair;
  const table = new Float64Array((n + 1) * (m + 1)).fill(Infinity);
  const cost = new Float64Array(m);
  table[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    const above = i * (m + 1);
    const row = above + m + 1;
    local.row(pair, i, lo, hi, cost);
    for (let j = lo; j <= hi; j++) {
      table[row + j + 1] = cost[j] + softmin(table[above + j], table[above + j + 1], table[row + j], gamma);
    }
  }
  return table;
}

function softmin(a: number, b: number, c: number, gamma: number): number {
  const least = Math.min(a, b, c);
  if (least === Infinity) return Infinity; // Infinity - Infinity would be NaN
  const sum = Math.exp((least - a) / gamma) + Math.exp((least - b) / gamma) + Math.exp((least - c) / gamma);
  return least - gamma * Math.log(sum);
}
