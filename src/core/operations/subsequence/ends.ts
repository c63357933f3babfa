import type { Series } from '../../input/series.ts';
import { type Poll, univariateMatches } from '../../kernels/index.ts';

/** For each step of the series, the best match that ends there: its squared value (Infinity if there is none), and where it starts. */
export interface Ends {
  readonly cost: Float64Array;
  readonly start: Int32Array;
}

/** Finds the best matches that lie in first..last of the series, and writes them to their ends from..to. */
export type MatchEnds = (first: number, from: number, to: number, ends: Ends, poll: Poll) => void;

/** Columns between two polls: about a millisecond. */
const POLL_CELLS = 500_000;

/**
 * Matches under dtw: a path may begin at any step of the series.
 *
 *   R[0,j] = cost(0,j),  R[i,j] = cost(i,j) + min(R[i-1,j-1], R[i-1,j], R[i,j-1])
 *
 * as in tslearn's `subsequence_cost_matrix`; ties go to the diagonal, then up, then left. Uses SIMD for one value per step.
 */
export function freeMatches(query: Series, series: Series): MatchEnds {
  if (query.d > 1) return plainMatches(query, series);
  return (first, from, to, { cost, start }, poll) => {
    const found = univariateMatches(query.data, series.data.subarray(first, to + 1), poll);
    cost.set(found.cost.subarray(from - first), from);
    for (let j = from; j <= to; j++) start[j] = first + found.start[j - first];
  };
}

/** The same by plain loops in O(n) memory, a column at a time: the definition, which also runs for several values per step. */
export function plainMatches({ data: x, n, d }: Series, { data: y }: Series): MatchEnds {
  const column = new Float64Array(n);
  const starts = new Int32Array(n);
  return (first, from, to, { cost, start }, poll) => {
    const pollEvery = Math.max(1, Math.floor(POLL_CELLS / n / d));
    column.fill(Infinity);
    for (let j = first; j <= to; j++) {
      if ((j - first) % pollEvery === 0) poll();
      nextColumn(x, y, d, j, column, starts);
      if (j < from) continue;
      cost[j] = column[n - 1];
      start[j] = starts[n - 1];
    }
  };
}

/** Column j from the previous one, which is overwritten from the top down. */
function nextColumn(
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
