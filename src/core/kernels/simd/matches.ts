import type { Poll } from '../types.ts';
import { type Instance, inTurns } from './instance.ts';

/** Cells in about a millisecond. */
const CELLS = 1_000_000;

/**
 * For each step of a univariate series, the smallest sum of squared differences of a match of the query that ends there, and where it starts: dtw
 * whose paths may begin anywhere. Ties: diagonal, then up, then left.
 */
export function simdMatches(instance: Instance, query: Float64Array, series: Float64Array, poll: Poll) {
  const [n, m] = [query.length, series.length];
  const rows = 4 * Math.ceil(n / 4);
  const stride = 8 * (rows + 16);
  instance.reset();
  const x = instance.take(8 * rows);
  const before = instance.take(8 * (m + 2 * rows + 16));
  const diagonals = instance.take(6 * stride);
  const costs = instance.take(8 * m);
  const starts = instance.take(8 * m);
  const { f64, wasm } = instance;
  f64.fill(0, x >> 3, (x >> 3) + rows).set(query, x >> 3);
  // Reversed: step j is stored rows + m - 1 - j numbers after `before`.
  const first = (before >> 3) + rows + m - 1;
  f64.fill(Infinity, before >> 3, (before >> 3) + m + 2 * rows + 16);
  for (let j = 0; j < m; j++) f64[first - j] = series[j];
  wasm.startMatches(x, 8 * first, n, rows, m, diagonals, stride, costs, starts);
  inTurns(wasm.matches, 0, n + m - 1, Math.min(n, m), CELLS, poll);
  const found = {
    cost: f64.slice(costs >> 3, (costs >> 3) + m),
    start: Int32Array.from(f64.subarray(starts >> 3, (starts >> 3) + m)),
  };
  instance.settle();
  return found;
}
