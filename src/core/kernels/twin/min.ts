import type { Band, Kernel, Pair, Poll } from '../types.ts';
import { type Moves, moveRow } from './moves.ts';

const DIAGONAL = 0;
const UP = 1;
const LEFT = 2;

/** The cheapest path: the plain definition that faster kernels are held to. */
export function minKernel(moves: Moves): Kernel {
  const path = (pair: Pair, band: Band | undefined, poll: Poll) => {
    const taken = new Uint8Array(pair.n * pair.m);
    const value = forward(moves, pair, band, poll, taken);
    return { value, path: Number.isFinite(value) ? trace(taken, pair.n, pair.m) : new Int32Array(0), taken };
  };
  return {
    value: (pair, band, poll) => forward(moves, pair, band, poll, undefined),
    path,
    gradient(pair, band, poll) {
      const best = path(pair, band, poll);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      const share = moveRow(pair.m);
      const byMove = [share.diagonal, share.up, share.left];
      for (let at = 0; at < best.path.length; at += 2) {
        const i = best.path[at];
        const j = best.path[at + 1];
        for (const [move, row] of byMove.entries()) row[j] = best.taken[i * pair.m + j] === move ? 1 : 0;
        moves.adjoint(pair, i, j, j, share, s1, s2);
      }
      return { value: best.value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const best = path(pair, band, poll);
      const alignment = new Float64Array(pair.n * pair.m);
      for (let at = 0; at < best.path.length; at += 2) alignment[best.path[at] * pair.m + best.path[at + 1]] = 1;
      return { value: best.value, alignment };
    },
  };
}

/** Fills the table row by row in two rolling rows, and notes each cell's move where `taken` is given. */
function forward(moves: Moves, pair: Pair, band: Band | undefined, poll: Poll, taken?: Uint8Array): number {
  const { n, m } = pair;
  const cost = moveRow(m);
  const { diagonal, up, left } = cost;
  // Column j stands at j + 1; index 0 is the border. Cells outside the band stay Infinity.
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    moves.row(pair, i, lo, hi, cost);
    row.fill(Infinity);
    for (let j = lo; j <= hi; j++) {
      let best = above[j] + diagonal[j];
      let move = DIAGONAL;
      const fromAbove = above[j + 1] + up[j];
      if (fromAbove < best) {
        best = fromAbove;
        move = UP;
      }
      const fromLeft = row[j] + left[j];
      if (fromLeft < best) {
        best = fromLeft;
        move = LEFT;
      }
      row[j + 1] = best;
      if (taken) taken[i * m + j] = move;
    }
    [above, row] = [row, above];
  }
  return above[m];
}

function trace(taken: Uint8Array, n: number, m: number): Int32Array {
  const reversed: number[] = [];
  let i = n - 1;
  let j = m - 1;
  while (i > 0 || j > 0) {
    reversed.push(j, i);
    // A cell that a path reaches never points out of the table: only (0, 0) has a finite way in from outside.
    const move = taken[i * m + j];
    if (move !== LEFT) i--;
    if (move !== UP) j--;
  }
  reversed.push(0, 0);
  return Int32Array.from(reversed.reverse());
}
