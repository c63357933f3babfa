import type { Poll } from '../kernels/index.ts';
import type { Series } from '../series.ts';

/** For each step of the series the best match that ends there: its squared value, Infinity where there is none, and where it starts. */
export interface Ends {
  readonly cost: Float64Array;
  readonly start: Int32Array;
}

/** Finds the best matches that lie in first..last of the series, and writes them to their ends from..to. */
export type MatchEnds = (first: number, from: number, to: number, ends: Ends, poll: Poll) => void;

/** Columns between two polls: about a millisecond. */
const POLL_CELLS = 500_000;

/**
 * Matches under dtw, in O(n) memory: a path may begin at any step of the series.
 *
 *   R[0,j] = cost(0,j),  R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])
 *
 * as tslearn's `subsequence_cost_matrix`; ties go to the diagonal, then up, then left. A column at a time, so that only one is kept.
 */
export function freeMatches(query: Series, series: Series): MatchEnds {
  const { data: x, n, d } = query;
  const { data: y } = series;
  const column = new Float64Array(n);
  const starts = new Int32Array(n);
  return (first, from, to, { cost, start }, poll) => {
    const pollEvery = Math.max(1, Math.floor(POLL_CELLS / n / d));
    column.fill(Infinity);
    for (let j = first; j <= to; j++) {
      if ((j - first) % pollEvery === 0) poll();
      if (d === 1) univariateColumn(x, y[j], j, column, starts);
      else multivariateColumn(x, y, d, j, column, starts);
      if (j < from) continue;
      cost[j] = column[n - 1];
      start[j] = starts[n - 1];
    }
  };
}

/** Column j from the one before it, which is overwritten from the top down. */
function univariateColumn(x: Float64Array, y: number, j: number, column: Float64Array, starts: Int32Array): void {
  const step = x[0] - y;
  let diagonal = column[0];
  let diagonalStart = starts[0];
  let up = step * step;
  let upStart = j;
  column[0] = up;
  starts[0] = j;
  for (let i = 1; i < column.length; i++) {
    const left = column[i];
    const leftStart = starts[i];
    let best = diagonal;
    let from = diagonalStart;
    if (up < best) {
      best = up;
      from = upStart;
    }
    if (left < best) {
      best = left;
      from = leftStart;
    }
    const difference = x[i] - y;
    up = best + difference * difference;
    upStart = from;
    column[i] = up;
    starts[i] = from;
    diagonal = left;
    diagonalStart = leftStart;
  }
}

/** The same for d values per step. */
function multivariateColumn(
  x: Float64Array,
  y: Float64Array,
  d: number,
  j: number,
  column: Float64Array,
  starts: Int32Array,
): void {
  let diagonal = Infinity;
  let diagonalStart = j;
  let up = Infinity;
  let upStart = j;
  for (let i = 0, a = 0; i < column.length; i++) {
    let cost = 0;
    for (let channel = 0, b = j * d; channel < d; channel++, a++, b++) cost += (x[a] - y[b]) ** 2;
    const left = column[i];
    const leftStart = starts[i];
    let best = diagonal;
    let from = diagonalStart;
    if (up < best) {
      best = up;
      from = upStart;
    }
    if (left < best) {
      best = left;
      from = leftStart;
    }
    up = i === 0 ? cost : best + cost;
    upStart = i === 0 ? j : from;
    column[i] = up;
    starts[i] = upStart;
    diagonal = left;
    diagonalStart = leftStart;
  }
}
