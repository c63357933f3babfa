import { fillLanes } from './batch';
import { costOf, costs, d, fillCosts, finalOf, firstOf, gradient1, gradient2, m, n, x, y } from './pairs';

// DTW of eight pairs at once, with the gradient of each: forward row by row, keeping which move led to each cell, then back along the path of each pair.

/** R of two rows: of column j at 64 (j + 1). */
let above: usize = 0;
let here: usize = 0;
/** Of cell (i, j) at moves + 2 (i m + j): a bit for each lane that came from above, then one for each that came from the left. */
let moves: usize = 0;

/** Two rows of 64 (m + 1) bytes each; 2 n m bytes for moves if there are gradients. */
export function startMinPairs(at: usize, newMoves: usize): void {
  above = at;
  here = at + (<usize>(m + 1) << 6);
  moves = newMoves;
  fillLanes(above, m + 1, f64x2.splat(Infinity));
  fillLanes(above, 1, f64x2.splat(0));
}

/** Where R of the last cell is for the eight lanes, once all rows are computed. */
export function lastOfPairs(): usize {
  return above + (<usize>m << 6);
}

export function dtwPairs(begin: i32, end: i32): void { sweep(begin, end, false, true); }
export function dtwPairsMoves(begin: i32, end: i32): void { sweep(begin, end, true, true); }
export function dtwPairsAny(begin: i32, end: i32): void { sweep(begin, end, false, false); }
export function dtwPairsAnyMoves(begin: i32, end: i32): void { sweep(begin, end, true, false); }

/** Computes rows begin..end - 1; with `keep`, also the moves. Ties go to the diagonal, then up. */
// @ts-ignore: decorator
@inline
function sweep(begin: i32, end: i32, keep: bool, univariate: bool): void {
  const infinity = f64x2.splat(Infinity);
  for (let i = begin; i < end; i++) {
    const first = firstOf(i);
    const last = finalOf(i);
    if (i > 0) {
      // What the row above does not have.
      const final = finalOf(i - 1);
      if (last > final) fillLanes(above + (<usize>(final + 2) << 6), last - final, infinity);
    }
    const step = x + (<usize>(i * d) << 6);
    if (!univariate) fillCosts(step, first, last);
    const source = univariate ? y : costs;
    let r = above + (<usize>first << 6);
    let d0 = v128.load(r);
    let d1 = v128.load(r, 16);
    let d2 = v128.load(r, 32);
    let d3 = v128.load(r, 48);
    let l0 = infinity;
    let l1 = infinity;
    let l2 = infinity;
    let l3 = infinity;
    let to = here + (<usize>first << 6);
    v128.store(to, l0);
    v128.store(to, l1, 16);
    v128.store(to, l2, 32);
    v128.store(to, l3, 48);
    let move = moves + (<usize>(i * m + first) << 1);
    let s = source + (<usize>first << 6);
    for (const stop = source + (<usize>(last + 1) << 6); s < stop; s += 64, r += 64, to += 64, move += 2) {
      const u0 = v128.load(r, 64);
      const u1 = v128.load(r, 80);
      const u2 = v128.load(r, 96);
      const u3 = v128.load(r, 112);
      const b0 = f64x2.pmin(d0, u0);
      const b1 = f64x2.pmin(d1, u1);
      const b2 = f64x2.pmin(d2, u2);
      const b3 = f64x2.pmin(d3, u3);
      if (keep) {
        const up = i64x2.bitmask(f64x2.lt(u0, d0)) | (i64x2.bitmask(f64x2.lt(u1, d1)) << 2) | (i64x2.bitmask(f64x2.lt(u2, d2)) << 4) | (i64x2.bitmask(f64x2.lt(u3, d3)) << 6);
        const left = i64x2.bitmask(f64x2.lt(l0, b0)) | (i64x2.bitmask(f64x2.lt(l1, b1)) << 2) | (i64x2.bitmask(f64x2.lt(l2, b2)) << 4) | (i64x2.bitmask(f64x2.lt(l3, b3)) << 6);
        store<u16>(move, <u16>(up | (left << 8)));
      }
      l0 = added(f64x2.pmin(b0, l0), step, s, univariate);
      l1 = added(f64x2.pmin(b1, l1), step + 16, s + 16, univariate);
      l2 = added(f64x2.pmin(b2, l2), step + 32, s + 32, univariate);
      l3 = added(f64x2.pmin(b3, l3), step + 48, s + 48, univariate);
      v128.store(to, l0, 64);
      v128.store(to, l1, 80);
      v128.store(to, l2, 96);
      v128.store(to, l3, 112);
      d0 = u0;
      d1 = u1;
      d2 = u2;
      d3 = u3;
    }
    const done = above;
    above = here;
    here = done;
  }
}

/** Fused, as the wavefront and the other batches do it. */
// @ts-ignore: decorator
@inline
function added(r: v128, step: usize, source: usize, univariate: bool): v128 {
  if (!univariate) return f64x2.add(r, costOf(step, source, false));
  const difference = f64x2.sub(v128.load(step), v128.load(source));
  return f64x2.relaxed_madd(difference, difference, r);
}

/** Adds half of the derivatives of the costs on the path of each lane whose R is finite to its gradients. */
export function followPairs(): void {
  const last = lastOfPairs();
  for (let lane: i32 = 0; lane < 8; lane++) {
    if (load<f64>(last + (lane << 3)) < Infinity) follow(lane);
  }
}

function follow(lane: i32): void {
  const bytes: usize = <usize>d << 6;
  const offset: usize = <usize>lane << 3;
  const up: i32 = 1 << lane;
  const left: i32 = up << 8;
  for (let i = n - 1, j = m - 1; ; ) {
    const a = <usize>i * bytes + offset;
    const b = <usize>j * bytes + offset;
    for (let c: usize = 0; c < bytes; c += 64) {
      const pull = load<f64>(x + a + c) - load<f64>(y + b + c);
      store<f64>(gradient1 + a + c, load<f64>(gradient1 + a + c) + pull);
      store<f64>(gradient2 + b + c, load<f64>(gradient2 + b + c) - pull);
    }
    if (i + j == 0) return;
    const move: i32 = load<u16>(moves + (<usize>(i * m + j) << 1));
    if (move & left) j--;
    else if (move & up) i--;
    else {
      i--;
      j--;
    }
  }
}
