import type { PathFinder } from '../path-kernel.ts';
import type { Band, Pair, Poll } from '../types.ts';
import { chunkOf } from './chunk.ts';
import { type MoveCostsOf, moveRow } from './moves/move-costs.ts';

const DIAGONAL = 0;
const UP = 1;
const LEFT = 2;

/**
 * The cheapest path: the plain definition against which faster kernels are tested. With `minimax`, a cell's value is the larger of its own
 * cost (the diagonal move's) and the best value that leads to it.
 */
export function twinMin(costsOf: MoveCostsOf, minimax: boolean): PathFinder {
  return {
    value: (pair, band, poll) => forward(costsOf, minimax, pair, band, poll),
    path(pair, band, poll) {
      const taken = new Uint8Array(pair.n * pair.m);
      const value = forward(costsOf, minimax, pair, band, poll, taken);
      return { value, path: Number.isFinite(value) ? trace(taken, pair.n, pair.m) : new Int32Array(0) };
    },
  };
}

/** Fills the table row by row in two rolling rows, and records the move of each cell if `taken` is given. */
function forward(
  costsOf: MoveCostsOf,
  minimax: boolean,
  pair: Pair,
  band: Band | undefined,
  poll: Poll,
  taken?: Uint8Array,
): number {
  const { n, m } = pair;
  const costs = costsOf(pair);
  const cost = moveRow(m);
  const chunk = chunkOf(pair);
  const { diagonal, up, left } = cost;
  // Column j is stored at j + 1; index 0 is the border. Cells outside the band stay Infinity.
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  if (costs.border) above.set(costs.border.above, 1);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    row.fill(Infinity);
    if (costs.border) row[0] = costs.border.left[i];
    for (let j = lo, end = lo; j <= hi; j++) {
      if (j === end) {
        end = Math.min(hi + 1, j + chunk);
        if (j > lo) poll();
        costs.row(i, j, end - 1, cost);
      }
      let best = minimax ? above[j] : above[j] + diagonal[j];
      let move = DIAGONAL;
      const fromAbove = minimax ? above[j + 1] : above[j + 1] + up[j];
      if (fromAbove < best) {
        best = fromAbove;
        move = UP;
      }
      const fromLeft = minimax ? row[j] : row[j] + left[j];
      if (fromLeft < best) {
        best = fromLeft;
        move = LEFT;
      }
      row[j + 1] = minimax && diagonal[j] > best ? diagonal[j] : best;
      if (taken) taken[i * m + j] = move;
    }
    [above, row] = [row, above];
  }
  return above[m];
}

/** The cells of the path, first to last, without the border. */
function trace(taken: Uint8Array, n: number, m: number): Int32Array {
  const reversed: number[] = [];
  let i = n - 1;
  let j = m - 1;
  while (i >= 0 && j >= 0) {
    reversed.push(j, i);
    const move = taken[i * m + j];
    if (move !== LEFT) i--;
    if (move !== UP) j--;
  }
  return Int32Array.from(reversed.reverse());
}
