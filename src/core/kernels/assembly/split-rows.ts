import { candidates, cells, fillLanes, finalColumn, firstColumn, hasRow, isBanded, keepLast, leave, longest, row, rows, stepOfRow, unfinished } from './batch';
import { differ, firstOfAll, lastOfAll, takeBack } from './lane-bands';
import { HALF, least, MAGNITUDE, minus, ONE } from './lanes';
import { xCosts } from './moves';

// Batches of move-split-merge for d = 1, as `Split` in moves.ts has it. A diagonal move starts from R, the others from S = R - |x_i - y_j| / 2, so both are kept: S of a
// column in its place, and R of each row one column before that of the row above. So a cell is stored where its diagonal neighbour was loaded.

/** R[i, j] is at wholes(i) + 64 (j + 1); R[-1, -1] is 0. */
// @ts-ignore: decorator
@inline
function wholes(i: i32): usize {
  return cells + (<usize>(longest + 2 + rows - i) << 6);
}

/** Computes `count` rows of a batch. */
// @ts-ignore: decorator
@inline
export function sweepSplits<P>(count: i32): void {
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    if (begin == 0) {
      const reach = finalColumn(0) + 1;
      const infinity = f64x2.splat(Infinity);
      fillLanes(cells + 64, reach, infinity);
      fillLanes(wholes(-1) + 64, reach, infinity);
      fillLanes(wholes(-1), 1, f64x2.splat(0));
    }
    if (isBanded()) someRows<P>(begin, end, true);
    else someRows<P>(begin, end, false);
    if (hasRow(end)) continue;
    keepLast(wholes(end - 1));
    leave();
  }
}

// @ts-ignore: decorator
@inline
function someRows<P>(begin: i32, end: i32, banded: bool): void {
  const lanes = changetype<P>(0);
  const infinity = f64x2.splat(Infinity);
  const magnitude = v128.load(MAGNITUDE);
  const one = v128.load(ONE);
  const half = v128.load(HALF);
  for (let i = begin; i < end; i++) {
    const first = banded ? firstColumn(i) : 0;
    const last = banded ? finalColumn(i) : longest - 1;
    let w = wholes(i - 1) + (<usize>first << 6);
    if (i > 0) {
      // What the row above does not have.
      if (!banded || first == firstColumn(i - 1)) fillLanes(w, 1, infinity);
      if (banded) {
        const above = finalColumn(i - 1);
        if (last > above) {
          fillLanes(cells + (<usize>(above + 2) << 6), last - above, infinity);
          fillLanes(wholes(i - 1) + (<usize>(above + 2) << 6), last - above, infinity);
        }
      }
    }
    const x = stepOfRow<P>(i);
    const s0 = lanes.x(x);
    const s1 = lanes.apart ? lanes.x(x + lanes.apart) : s0;
    const s2 = lanes.apart ? lanes.x(x + 2 * lanes.apart) : s0;
    const s3 = lanes.apart ? lanes.x(x + 3 * lanes.apart) : s0;
    const gap = x + xCosts;
    const a = lanes.x(gap);
    let r = cells + (<usize>(first + 1) << 6);
    let l0 = infinity;
    let l1 = infinity;
    let l2 = infinity;
    let l3 = infinity;
    let y = candidates + (<usize>first << 7);
    const alike = !banded || !differ();
    const start = alike ? first : firstOfAll(i);
    // Columns that not all lanes have.
    for (let j = first; j < start; j++, r += 64, y += 128, w += 64) {
      cell(l0, s0, a, half, magnitude, one, y, r, w, 0);
      cell(l1, s1, lanes.apart ? lanes.x(gap + lanes.apart) : a, half, magnitude, one, y, r, w, 16);
      cell(l2, s2, lanes.apart ? lanes.x(gap + 2 * lanes.apart) : a, half, magnitude, one, y, r, w, 32);
      cell(l3, s3, lanes.apart ? lanes.x(gap + 3 * lanes.apart) : a, half, magnitude, one, y, r, w, 48);
      takeBack(cells, i, j, j, infinity);
      takeBack(wholes(i), i, j, j, infinity);
      l0 = v128.load(r);
      l1 = v128.load(r, 16);
      l2 = v128.load(r, 32);
      l3 = v128.load(r, 48);
    }
    const stop = cells + (<usize>(last + 2) << 6);
    // If the number of columns is odd, one more is computed, as in rows.ts. A step of the candidates and its gap take 128 bytes.
    for (; r < stop; r += 128, y += 256, w += 128) {
      const b1 = lanes.apart ? lanes.x(gap + lanes.apart) : a;
      const b2 = lanes.apart ? lanes.x(gap + 2 * lanes.apart) : a;
      const b3 = lanes.apart ? lanes.x(gap + 3 * lanes.apart) : a;
      l0 = cell(l0, s0, a, half, magnitude, one, y, r, w, 0);
      l1 = cell(l1, s1, b1, half, magnitude, one, y, r, w, 16);
      l2 = cell(l2, s2, b2, half, magnitude, one, y, r, w, 32);
      l3 = cell(l3, s3, b3, half, magnitude, one, y, r, w, 48);
      l0 = cell(l0, s0, a, half, magnitude, one, y + 128, r + 64, w + 64, 0);
      l1 = cell(l1, s1, b1, half, magnitude, one, y + 128, r + 64, w + 64, 16);
      l2 = cell(l2, s2, b2, half, magnitude, one, y + 128, r + 64, w + 64, 32);
      l3 = cell(l3, s3, b3, half, magnitude, one, y + 128, r + 64, w + 64, 48);
    }
    if (!alike) {
      const from = max(start, lastOfAll(i) + 1);
      takeBack(cells, i, from, last, infinity);
      takeBack(wholes(i), i, from, last, infinity);
    }
  }
}

/** S of the pairs of the vector `o` bytes from the first, stored as well as R. */
// @ts-ignore: decorator
@inline
function cell(l: v128, step: v128, a: v128, half: v128, magnitude: v128, one: v128, y: usize, r: usize, w: usize, o: usize): v128 {
  const distance = v128.and(minus(step, v128.load(y + o), one), magnitude);
  const diagonal = f64x2.relaxed_madd(distance, half, v128.load(w + o));
  const s = least(least(diagonal, f64x2.add(v128.load(r + o), a)), f64x2.add(l, v128.load(y + (o + 64))));
  v128.store(r + o, s);
  v128.store(w + o, f64x2.relaxed_madd(distance, half, s));
  return s;
}
