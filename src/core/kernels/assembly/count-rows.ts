import {
  candidates, cells, finalColumn, firstColumn, hasRow, isBanded, keepCounts, leave, longest, ownThreshold, row, rows, stepOfRow, stride, thresholds, unfinished,
} from './batch';
import { differ, firstOfAll, lastOfAll, outsideInShort } from './lane-bands';
import { MAGNITUDE, ONE } from './lanes';
import { costs } from './local-cost';

// Batches of recurrences whose R are whole numbers: in 16 bits, a vector has all eight pairs of a cell. What is left is to compare their local costs with a threshold,
// which happens in float64. `R` says what becomes of a comparison; `L` is the local cost. No number gets larger than the number of steps of both series together, so
// these have to be less than NONE.

/** R where no path leads to: a sum that saturates stays there. */
export const NONE: i16 = 0x7fff;

/** Edit distance on real sequences: a step farther apart than the threshold costs 1, as does a skipped one. */
@final @unmanaged
export class Edits {
  /** R[i, -1] or R[-1, j] for a number of steps. */
  @inline border(steps: i32): v128 { return i16x8.splat(<i16>steps); }
  /** R outside the band; `nearest` is that of the nearest cell inside, in this row or above. */
  @inline outside(nearest: v128): v128 { return i16x8.splat(NONE); }
  @inline compare(cost: v128, threshold: v128): v128 { return f64x2.gt(cost, threshold); }
  /** `compared` is -1 where `compare` was true. */
  @inline reduce(fromDiagonal: v128, fromUp: v128, fromLeft: v128, compared: v128, one: v128): v128 {
    const best = i16x8.min_s(i16x8.sub_sat_s(fromDiagonal, compared), i16x8.add_sat_s(fromUp, one));
    return i16x8.min_s(best, i16x8.add_sat_s(fromLeft, one));
  }
}

/** Longest common subsequence: the most pairs no farther apart than the threshold. The band limits pairs, not the cells between them. */
@final @unmanaged
export class Matches {
  @inline border(steps: i32): v128 { return i16x8.splat(0); }
  @inline outside(nearest: v128): v128 { return nearest; }
  @inline compare(cost: v128, threshold: v128): v128 { return f64x2.le(cost, threshold); }
  @inline reduce(fromDiagonal: v128, fromUp: v128, fromLeft: v128, compared: v128, one: v128): v128 {
    return i16x8.max_s(i16x8.max_s(i16x8.sub(fromDiagonal, compared), fromUp), fromLeft);
  }
}

/** Computes `count` rows of a batch. */
// @ts-ignore: decorator
@inline
export function sweepCounts<R, L, P>(count: i32): void {
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    if (isBanded()) someRows<R, L, P>(begin, end, true);
    else someRows<R, L, P>(begin, end, false);
    if (hasRow(end)) continue;
    const last = finalColumn(rows - 1);
    if (last < longest - 1) fill<R>(last + 1, longest - 1);
    keepCounts(NONE);
    leave();
  }
}

/** R of columns from..to outside the band. */
// @ts-ignore: decorator
@inline
function fill<R>(from: i32, to: i32): void {
  const outside = changetype<R>(0).outside(v128.load(cells + (<usize>from << 4)));
  for (let r = cells + (<usize>(from + 1) << 4), end = cells + (<usize>(to + 1) << 4); r <= end; r += 16) v128.store(r, outside);
}

// @ts-ignore: decorator
@inline
function someRows<R, L, P>(begin: i32, end: i32, banded: bool): void {
  const recurrence = changetype<R>(0);
  const local = changetype<L>(0);
  const lanes = changetype<P>(0);
  const magnitude = v128.load(MAGNITUDE);
  const one = v128.load(ONE);
  const single = i16x8.splat(1);
  // The larger one of two thresholds of a pair.
  const own = f64x2.splat(ownThreshold);
  const t0 = f64x2.pmax(own, v128.load(thresholds));
  const t1 = f64x2.pmax(own, v128.load(thresholds, 16));
  const t2 = f64x2.pmax(own, v128.load(thresholds, 32));
  const t3 = f64x2.pmax(own, v128.load(thresholds, 48));
  // Row -1, as far as row 0 needs it.
  if (begin == 0) for (let j = 0, reach = finalColumn(0) + 1; j <= reach; j++) v128.store(cells + (<usize>j << 4), recurrence.border(j));
  for (let i = begin; i < end; i++) {
    const first = banded ? firstColumn(i) : 0;
    const last = banded ? finalColumn(i) : longest - 1;
    if (banded && i > 0) fill<R>(finalColumn(i - 1) + 1, last);
    local.prepare(i, first, last);
    const x = stepOfRow<P>(i);
    const s0 = local.load(x);
    const s1 = lanes.apart ? local.load(x + lanes.apart) : s0;
    const s2 = lanes.apart ? local.load(x + 2 * lanes.apart) : s0;
    const s3 = lanes.apart ? local.load(x + 3 * lanes.apart) : s0;
    let r = cells + (<usize>first << 4);
    let d = v128.load(r);
    let l = first == 0 ? recurrence.border(i + 1) : recurrence.outside(d);
    v128.store(r, l);
    let y = candidates + <usize>first * stride;
    let c = costs + (<usize>first << 6);
    const alike = !banded || !differ();
    if (!alike) {
      // Columns that not all lanes have, one at a time.
      for (const stop = cells + (<usize>firstOfAll(i) << 4); r < stop; r += 16, y += stride, c += 64) {
        const u = v128.load(r, 16);
        const found = recurrence.reduce(d, u, l, narrowed(
          recurrence.compare(local.inRow(s0, magnitude, one, y, c, 0), t0),
          recurrence.compare(local.inRow(s1, magnitude, one, y, c, 16), t1),
          recurrence.compare(local.inRow(s2, magnitude, one, y, c, 32), t2),
          recurrence.compare(local.inRow(s3, magnitude, one, y, c, 48), t3),
        ), single);
        l = v128.bitselect(recurrence.outside(u), found, outsideInShort(i, <i32>((r - cells) >> 4)));
        d = u;
        v128.store(r, l, 16);
      }
    }
    // Two columns at a time, as in rows.ts.
    for (const stop = cells + (<usize>(last + 1) << 4); r < stop; r += 32) {
      const u = v128.load(r, 16);
      l = recurrence.reduce(d, u, l, narrowed(
        recurrence.compare(local.inRow(s0, magnitude, one, y, c, 0), t0),
        recurrence.compare(local.inRow(s1, magnitude, one, y, c, 16), t1),
        recurrence.compare(local.inRow(s2, magnitude, one, y, c, 32), t2),
        recurrence.compare(local.inRow(s3, magnitude, one, y, c, 48), t3),
      ), single);
      v128.store(r, l, 16);
      y += stride;
      c += 64;
      d = v128.load(r, 32);
      l = recurrence.reduce(u, d, l, narrowed(
        recurrence.compare(local.inRow(s0, magnitude, one, y, c, 0), t0),
        recurrence.compare(local.inRow(s1, magnitude, one, y, c, 16), t1),
        recurrence.compare(local.inRow(s2, magnitude, one, y, c, 32), t2),
        recurrence.compare(local.inRow(s3, magnitude, one, y, c, 48), t3),
      ), single);
      v128.store(r, l, 32);
      y += stride;
      c += 64;
    }
    if (!alike) takeBack<R>(i, max(firstOfAll(i), lastOfAll(i) + 1), last);
  }
}

/** R of columns from..to of row i, which some lanes have only as those outside the band. */
// @ts-ignore: decorator
@inline
function takeBack<R>(i: i32, from: i32, to: i32): void {
  for (let j = from; j <= to; j++) {
    const r = cells + (<usize>j << 4);
    v128.store(r, v128.bitselect(changetype<R>(0).outside(v128.load(r)), v128.load(r, 16), outsideInShort(i, j)), 16);
  }
}

/** All ones or zeros of eight lanes, in 16 bits each. */
// @ts-ignore: decorator
@inline
function narrowed(m0: v128, m1: v128, m2: v128, m3: v128): v128 {
  return i16x8.narrow_i32x4_s(v128.shuffle<i32>(m0, m1, 0, 2, 4, 6), v128.shuffle<i32>(m2, m3, 0, 2, 4, 6));
}
