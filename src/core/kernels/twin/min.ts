import type { Band, Kernel, Pair, Poll } from '../types.ts';
import { type MoveCostsOf, moveRow } from './moves/moves.ts';

const DIAGONAL = 0;
const UP = 1;
const LEFT = 2;

/**
 * The cheapest path: the plain definition that faster kernels are held to. With `minimax` a cell's value is the larger of its own
 * cost (the diagonal move's) and the best value that leads to it.
 */
export function minKernel(costsOf: MoveCostsOf, minimax: boolean): Kernel {
  return {
    value: (pair, band, poll) => forward(costsOf, minimax, pair, band, poll),
    path(pair, band, poll) {
      const taken = new Uint8Array(pair.n * pair.m);
      const value = forward(costsOf, minimax, pair, band, poll, taken);
      return {
        value,
        path: Int32Array.from(Number.isFinite(value) ? fromOrigin(trace(taken, pair.n, pair.m)).flat() : []),
      };
    },
    gradient(pair, band, poll) {
      const taken = new Uint8Array(pair.n * pair.m);
      const value = forward(costsOf, minimax, pair, band, poll, taken);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      if (!Number.isFinite(value)) return { value, s1, s2 };
      const costs = costsOf(pair);
      const share = moveRow(pair.m);
      const rows = [share.diagonal, share.up, share.left];
      for (const [i, j] of paying(costsOf, minimax, pair, taken)) {
        if (i < 0 || j < 0) {
          const border = { left: new Float64Array(pair.n), above: new Float64Array(pair.m) };
          if (i < 0) border.above[j] = 1;
          else border.left[i] = 1;
          costs.borderAdjoint?.(border, s1, s2);
        } else {
          for (const [move, row] of rows.entries())
            row[j] = minimax ? Number(move === 0) : Number(taken[i * pair.m + j] === move);
          costs.adjoint(i, j, j, share, s1, s2);
        }
      }
      return { value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const taken = new Uint8Array(pair.n * pair.m);
      const value = forward(costsOf, minimax, pair, band, poll, taken);
      const alignment = new Float64Array(pair.n * pair.m);
      if (Number.isFinite(value)) for (const [i, j] of trace(taken, pair.n, pair.m)) alignment[i * pair.m + j] = 1;
      return { value, alignment };
    },
  };
}

/** Fills the table row by row in two rolling rows, and notes each cell's move where `taken` is given. */
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
  const { diagonal, up, left } = cost;
  // Column j stands at j + 1; index 0 is the border. Cells outside the band stay Infinity.
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  if (costs.border) above.set(costs.border.above, 1);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    costs.row(i, lo, hi, cost);
    row.fill(Infinity);
    if (costs.border) row[0] = costs.border.left[i];
    for (let j = lo; j <= hi; j++) {
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
function trace(taken: Uint8Array, n: number, m: number): [number, number][] {
  const reversed: [number, number][] = [];
  let i = n - 1;
  let j = m - 1;
  while (i >= 0 && j >= 0) {
    reversed.push([i, j]);
    const move = taken[i * m + j];
    if (move !== LEFT) i--;
    if (move !== UP) j--;
  }
  return reversed.reverse();
}

/** A path that came in over the border begins along the edge of the table, so that every path begins at (0, 0). */
function fromOrigin(path: [number, number][]): [number, number][] {
  const [i, j] = path[0] as [number, number];
  const edge = Array.from({ length: i + j }, (_, k): [number, number] => (j === 0 ? [k, 0] : [0, k]));
  return [...edge, ...path];
}

/** The cells whose cost the value depends on: the whole path and the border cell it came from, or minimax's one largest cell. */
function paying(costsOf: MoveCostsOf, minimax: boolean, pair: Pair, taken: Uint8Array): [number, number][] {
  const { n, m } = pair;
  const path = trace(taken, n, m);
  if (!minimax) {
    const [i, j] = path[0] as [number, number];
    const move = taken[i * m + j];
    const from: [number, number] = [move === LEFT ? i : i - 1, move === UP ? j : j - 1];
    return from[0] < 0 && from[1] < 0 ? path : [from, ...path];
  }
  const cost = moveRow(m);
  const costs = costsOf(pair);
  let largest = path[0] as [number, number];
  let most = -Infinity;
  for (const [i, j] of path) {
    costs.row(i, j, j, cost);
    if (cost.diagonal[j] > most) {
      most = cost.diagonal[j];
      largest = [i, j];
    }
  }
  return [largest];
}
