import { laneColumns } from './batch';

// Candidates of several lengths in a band: each lane has columns of its own in a row, and the row has those of all of them. What a lane has not is computed too, and
// then taken back: on the right after the row, as nothing flows to the left; on the left column by column.

/**
 * Lays out the columns of n rows for each lane, and those of all together at `from` and `to`, from eight addresses of first columns and eight of last ones, Int32 by row.
 */
export function layOutLanes(bands: usize, n: i32, to: usize, first: usize, last: usize): void {
  for (let lane: usize = 0; lane < 16; lane++) {
    let from = load<usize>(bands + (lane << 2));
    for (let at = to + (lane << 2), end = at + (<usize>n << 6); at < end; at += 64, from += 4) store<i32>(at, load<i32>(from));
  }
  for (let end = first + (<usize>n << 2); first < end; to += 64, first += 4, last += 4) {
    store<i32>(first, -largest(i32x4.neg(i32x4.min_s(v128.load(to), v128.load(to, 16)))));
    store<i32>(last, largest(i32x4.max_s(v128.load(to, 32), v128.load(to, 48))));
  }
}

/** Whether the lanes of this query have columns of their own. */
// @ts-ignore: decorator
@inline
export function differ(): bool {
  return laneColumns != 0;
}

/** Int32 of row i: the first column of each lane, then the last ones. */
// @ts-ignore: decorator
@inline
function columnsOf(i: i32): usize {
  return laneColumns + (<usize>i << 6);
}

/** The first column of row i that all lanes have. */
export function firstOfAll(i: i32): i32 {
  const at = columnsOf(i);
  return largest(i32x4.max_s(v128.load(at), v128.load(at, 16)));
}

/** The last column of row i that all lanes have. */
export function lastOfAll(i: i32): i32 {
  const at = columnsOf(i);
  return -largest(i32x4.neg(i32x4.min_s(v128.load(at, 32), v128.load(at, 48))));
}

// @ts-ignore: decorator
@inline
function largest(four: v128): i32 {
  return max(max(i32x4.extract_lane(four, 0), i32x4.extract_lane(four, 1)), max(i32x4.extract_lane(four, 2), i32x4.extract_lane(four, 3)));
}

/** All ones in the lanes 2k and 2k + 1 that do not have column j of row i. */
// @ts-ignore: decorator
@inline
export function outside(i: i32, j: i32, k: usize): v128 {
  const at = columnsOf(i) + (k << 3);
  const column = i32x4.splat(j);
  return i64x2.extend_low_i32x4_s(v128.or(i32x4.gt_s(v128.load64_zero(at), column), i32x4.gt_s(column, v128.load64_zero(at, 32))));
}

/** The same of all lanes in 16 bits. */
// @ts-ignore: decorator
@inline
export function outsideInShort(i: i32, j: i32): v128 {
  const at = columnsOf(i);
  const column = i32x4.splat(j);
  return i16x8.narrow_i32x4_s(
    v128.or(i32x4.gt_s(v128.load(at), column), i32x4.gt_s(column, v128.load(at, 32))),
    v128.or(i32x4.gt_s(v128.load(at, 16), column), i32x4.gt_s(column, v128.load(at, 48))),
  );
}

/** Puts `number` where lanes do not have columns from..to of row i, in a row like `cells`. */
export function takeBack(at: usize, i: i32, from: i32, to: i32, number: v128): void {
  for (let j = from; j <= to; j++) {
    const place = at + (<usize>(j + 1) << 6);
    for (let k: usize = 0; k < 4; k++) {
      const here = place + 16 * k;
      v128.store(here, v128.bitselect(number, v128.load(here), outside(i, j, k)));
    }
  }
}
