import { least, rowsAbove, zero } from './lanes';
import { costStride, costs } from './local-cost';
import { afterDiagonal, afterLeft, afterUp, prepare } from './recurrence';
import { reduce } from './reduce';
import { bandFirst, d, fenced, finalRow, firstRow, lastColumn, lastRow, x as seriesX, xStride, yAt, yStride } from './table';

// R of four diagonals, two computed from two: R of row i is at base + 8 (i + 1), so that row -1 has a place.
let before2: usize = 0; // diagonal k - 2
let before1: usize = 0; // diagonal k - 1
let spare2: usize = 0;
let spare1: usize = 0;

/** R[i, -1] and R[-1, j] by i and j, if they are finite. */
export let leftBorder: usize = 0;
export let topBorder: usize = 0;

/** Weights by i - j: even differences 2q at evenTable + 8 q, odd differences 2q + 1 at oddTable + 8 q. */
export let evenTable: usize = 0;
export let oddTable: usize = 0;

/** Where the moves of the next pass go, and where the address of each pass is kept, from pass `firstPass` on. */
let moves: usize = 0;
let passes: usize = 0;
let firstPass: i32 = 0;

/** If all diagonals are kept, the bytes from one to the next; 0: four are rolling. */
let keptStride: usize = 0;

/**
 * After `startMin`, whose `at` has room for four diagonals more than the table has: no diagonal is overwritten. For tables that are fenced. Returns where
 * diagonal 0 will be.
 */
export function keepDiagonals(): usize {
  keptStride = before1 - before2;
  return spare2;
}

/** Four rolling diagonals, `stride` apart and `bytes` long, bytes >= 8 (rows + 16), initially empty except for R[-1, -1] = 0. */
export function startMin(at: usize, stride: usize, bytes: usize): void {
  for (let diagonal = at, last = at + 3 * stride; diagonal <= last; diagonal += stride) {
    for (let p = diagonal, end = diagonal + bytes; p < end; p += 16) v128.store(p, f64x2.splat(Infinity));
  }
  before2 = at;
  before1 = at + stride;
  spare2 = at + 2 * stride;
  spare1 = at + 3 * stride;
  store<f64>(before2, 0);
  keptStride = 0;
}

export function setBorders(left: usize, top: usize): void {
  leftBorder = left;
  topBorder = top;
}

/** After `startMin`: R[0, -1] and R[-1, 0] are the diagonal before the first. */
export function startBorders(): void {
  store<f64>(before1, load<f64>(topBorder));
  store<f64>(before1, load<f64>(leftBorder), 8);
}

export function setTables(even: usize, odd: usize): void {
  evenTable = even;
  oddTable = odd;
}

/** Moves will be written at `at`, and their addresses at `index`, for passes that begin with diagonal `k`. */
export function keepMoves(at: usize, index: usize, k: i32): void {
  moves = at;
  passes = index;
  firstPass = k >> 1;
}

/** R of a row of the diagonal computed last, or of the one before it. */
export function lastR(row: i32): f64 {
  return load<f64>(before1 + (<usize>(row + 1) << 3));
}
export function lastButOneR(row: i32): f64 {
  return load<f64>(before2 + (<usize>(row + 1) << 3));
}

/** Copies rows first - 1..last + 1 of the two diagonals before the next one to `to`, or back from there. */
export function saveRows(to: usize, first: i32, last: i32): void {
  const bytes: usize = <usize>(last - first + 3) << 3;
  const offset: usize = <usize>first << 3;
  memory.copy(to, before2 + offset, bytes);
  memory.copy(to + bytes, before1 + offset, bytes);
}
export function restoreRows(from: usize, savedFirst: i32, savedLast: i32, first: i32, last: i32): void {
  const saved: usize = <usize>(savedLast - savedFirst + 3) << 3;
  const bytes: usize = <usize>(last - first + 3) << 3;
  const skip: usize = <usize>(first - savedFirst) << 3;
  const offset: usize = <usize>first << 3;
  memory.copy(before2 + offset, from + skip, bytes);
  memory.copy(before1 + offset, from + saved + skip, bytes);
}

/** Whether up is better than the diagonal, and whether left is better than both: all ones or all zeros in each lane. */
// @ts-ignore: decorator
@inline
function prefersUp<M>(fromDiagonal: v128, fromUp: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  return f64x2.lt(afterUp<M>(fromUp, step, x, y, c, t), afterDiagonal<M>(fromDiagonal, step, x, y, c, t));
}
// @ts-ignore: decorator
@inline
function prefersLeft<M>(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const best = least(afterDiagonal<M>(fromDiagonal, step, x, y, c, t), afterUp<M>(fromUp, step, x, y, c, t));
  return f64x2.lt(afterLeft<M>(fromLeft, step, x, y, c, t), best);
}

/** The moves of eight cells as 16 bits: one bit per cell that prefers up, then one bit per cell that prefers left. */
// @ts-ignore: decorator
@inline
function packMoves(u0: v128, u1: v128, u2: v128, u3: v128, l0: v128, l1: v128, l2: v128, l3: v128): i32 {
  const up = i16x8.narrow_i32x4_s(v128.shuffle<i32>(u0, u1, 0, 2, 4, 6), v128.shuffle<i32>(u2, u3, 0, 2, 4, 6));
  const left = i16x8.narrow_i32x4_s(v128.shuffle<i32>(l0, l1, 0, 2, 4, 6), v128.shuffle<i32>(l2, l3, 0, 2, 4, 6));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(up, left));
}

/** R just outside the rows of diagonal k: the border if there is one and the row is on it, otherwise Infinity. */
// @ts-ignore: decorator
@inline
function outsideAbove<M>(k: i32, first: i32): f64 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).bordered)) return first == 0 ? load<f64>(topBorder + (<usize>(k + 1) << 3)) : Infinity;
  return Infinity;
}
// @ts-ignore: decorator
@inline
function outsideBelow<M>(k: i32, last: i32): f64 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).bordered)) return last == k ? load<f64>(leftBorder + (<usize>(k + 1) << 3)) : Infinity;
  return Infinity;
}

/**
 * Computes diagonals begin..end - 1, begin even, two in one pass over their rows: the second takes its upper neighbours from the first
 * by a shuffle and its left ones as they are, so that half of R is never loaded. An odd `end` computes one extra diagonal, which
 * is empty.
 */
// @ts-ignore: decorator
@inline
export function sweepMin<M>(begin: i32, end: i32, keep: bool): void {
  const recurrence = changetype<M>(0);
  const xHere = seriesX;
  // @ts-ignore: only some have it
  const fence = isDefined(recurrence.ownFence) ? fenced : true;
  let r2 = before2;
  let r1 = before1;
  let r0 = spare2;
  let rNext = spare1;
  let out = moves;
  // The first row of diagonal k - 1, from the second pass on.
  let firstBefore = -1;
  for (let k = begin; k < end; k += 2) {
    const first = firstRow(k);
    const last = finalRow(k);
    const nextFirst = firstRow(k + 1);
    const nextLast = finalRow(k + 1);
    prepare<M>(k, first, nextLast);
    const start: usize = <usize>first << 3;
    // Rows up to nextLast, in whole iterations. What an iteration computes past the last row of either diagonal must not reach a cell inside.
    // The first such row comes out as Infinity (infinite steps around the series) or is corrected below (fence); the rows after it are
    // not read before they are recomputed.
    const stop: usize = <usize>(nextLast + 1) << 3;
    const yHere = yAt(k);
    const cHere = costs;
    const cNext = costs + costStride;
    const tHere = evenTable - (<usize>(k >> 1) << 3);
    const tNext = oddTable - (<usize>((k >> 1) + 1) << 3);
    // Row first - 1 of diagonal k.
    const above = outsideAbove<M>(k, first);
    let carry = f64x2.splat(above);
    let u0 = v128.load(r1 + start);
    if (fence) {
      // Row first - 1 of diagonal k, before anything is stored after it: the next pass loads it at once, and would wait for a late store. For
      // the same reason, row first - 1 of diagonal k - 1 is never stored but corrected here.
      store<f64>(r0 + start, above);
      if (first == firstBefore) u0 = f64x2.replace_lane(u0, 0, outsideAbove<M>(k - 1, first));
      firstBefore = nextFirst;
    }
    if (keep) {
      store<usize>(passes + (<usize>((k >> 1) - firstPass) << 2), out);
      for (let o = start; o < stop; o += 64) {
        const d0 = v128.load(r2 + o);
        const d1 = v128.load(r2 + o, 16);
        const d2 = v128.load(r2 + o, 32);
        const d3 = v128.load(r2 + o, 48);
        const u1 = v128.load(r1 + o, 16);
        const u2 = v128.load(r1 + o, 32);
        const u3 = v128.load(r1 + o, 48);
        const u4 = v128.load(r1 + o, 64);
        const l0 = rowsAbove(u0, u1);
        const l1 = rowsAbove(u1, u2);
        const l2 = rowsAbove(u2, u3);
        const l3 = rowsAbove(u3, u4);
        const x = xHere + o;
        const y = yHere + o;
        const x0 = recurrence.load(x);
        const x1 = recurrence.load(x + 16);
        const x2 = recurrence.load(x + 32);
        const x3 = recurrence.load(x + 48);
        const c = cHere + o;
        const t = tHere + o;
        const a0 = reduce<M>(d0, u0, l0, x0, x, y, c, t);
        const a1 = reduce<M>(d1, u1, l1, x1, x + 16, y + 16, c + 16, t + 16);
        const a2 = reduce<M>(d2, u2, l2, x2, x + 32, y + 32, c + 32, t + 32);
        const a3 = reduce<M>(d3, u3, l3, x3, x + 48, y + 48, c + 48, t + 48);
        store<u16>(out, packMoves(
          prefersUp<M>(d0, u0, x0, x, y, c, t),
          prefersUp<M>(d1, u1, x1, x + 16, y + 16, c + 16, t + 16),
          prefersUp<M>(d2, u2, x2, x + 32, y + 32, c + 32, t + 32),
          prefersUp<M>(d3, u3, x3, x + 48, y + 48, c + 48, t + 48),
          prefersLeft<M>(d0, u0, l0, x0, x, y, c, t),
          prefersLeft<M>(d1, u1, l1, x1, x + 16, y + 16, c + 16, t + 16),
          prefersLeft<M>(d2, u2, l2, x2, x + 32, y + 32, c + 32, t + 32),
          prefersLeft<M>(d3, u3, l3, x3, x + 48, y + 48, c + 48, t + 48),
        ));
        v128.store(r0 + o, a0, 8);
        v128.store(r0 + o, a1, 24);
        v128.store(r0 + o, a2, 40);
        v128.store(r0 + o, a3, 56);
        const s0 = rowsAbove(carry, a0);
        const s1 = rowsAbove(a0, a1);
        const s2 = rowsAbove(a1, a2);
        const s3 = rowsAbove(a2, a3);
        carry = a3;
        const z = y - 8;
        const e = cNext + o;
        const f = tNext + o;
        v128.store(rNext + o, reduce<M>(u0, s0, a0, x0, x, z, e, f), 8);
        v128.store(rNext + o, reduce<M>(u1, s1, a1, x1, x + 16, z + 16, e + 16, f + 16), 24);
        v128.store(rNext + o, reduce<M>(u2, s2, a2, x2, x + 32, z + 32, e + 32, f + 32), 40);
        v128.store(rNext + o, reduce<M>(u3, s3, a3, x3, x + 48, z + 48, e + 48, f + 48), 56);
        store<u16>(out, packMoves(
          prefersUp<M>(u0, s0, x0, x, z, e, f),
          prefersUp<M>(u1, s1, x1, x + 16, z + 16, e + 16, f + 16),
          prefersUp<M>(u2, s2, x2, x + 32, z + 32, e + 32, f + 32),
          prefersUp<M>(u3, s3, x3, x + 48, z + 48, e + 48, f + 48),
          prefersLeft<M>(u0, s0, a0, x0, x, z, e, f),
          prefersLeft<M>(u1, s1, a1, x1, x + 16, z + 16, e + 16, f + 16),
          prefersLeft<M>(u2, s2, a2, x2, x + 32, z + 32, e + 32, f + 32),
          prefersLeft<M>(u3, s3, a3, x3, x + 48, z + 48, e + 48, f + 48),
        ), 2);
        u0 = u4;
        out += 4;
      }
    } else {
      let o = start;
      do {
        const u1 = v128.load(r1 + o, 16);
        const u2 = v128.load(r1 + o, 32);
        const x = xHere + o;
        const y = yHere + o;
        const c = cHere + o;
        const t = tHere + o;
        const x0 = recurrence.load(x);
        const x1 = recurrence.load(x + 16);
        const a0 = reduce<M>(v128.load(r2 + o), u0, rowsAbove(u0, u1), x0, x, y, c, t);
        const a1 = reduce<M>(v128.load(r2 + o, 16), u1, rowsAbove(u1, u2), x1, x + 16, y + 16, c + 16, t + 16);
        const s0 = rowsAbove(carry, a0);
        const s1 = rowsAbove(a0, a1);
        carry = a1;
        v128.store(r0 + o, a0, 8);
        v128.store(r0 + o, a1, 24);
        const e = cNext + o;
        const f = tNext + o;
        v128.store(rNext + o, reduce<M>(u0, s0, a0, x0, x, y - 8, e, f), 8);
        v128.store(rNext + o, reduce<M>(u1, s1, a1, x1, x + 16, y + 8, e + 16, f + 16), 24);
        u0 = u2;
        o += 32;
      } while (o < stop);
    }
    if (fence) {
      // What lies just outside diagonal k.
      store<f64>(r0 + (<usize>(last + 2) << 3), outsideBelow<M>(k, last));
      if (nextLast > last) {
        // The last cell of diagonal k + 1 took its left neighbour from past the last row of diagonal k: recompute it, now that this is correct. (Its
        // diagonal neighbour is a row of diagonal k - 1, and not the unstored one: otherwise k - 1 and k would both be empty, and no path could pass them.)
        const o: usize = <usize>nextLast << 3;
        const diagonal = v128.load64_zero(r1 + o);
        const up = v128.load64_zero(r0 + o);
        const left = v128.load64_zero(r0 + o, 8);
        const x = xHere + o;
        const y = yHere + o - 8;
        const step = recurrence.load(x);
        v128.store64_lane(rNext + o, reduce<M>(diagonal, up, left, step, x, y, cNext + o, tNext + o), 0, 8);
        if (keep) {
          const row = nextLast - first;
          const at = load<usize>(passes + (<usize>((k >> 1) - firstPass) << 2)) + (<usize>(row >> 3) << 2);
          const bit: i32 = 1 << (row & 7);
          const isUp = i64x2.bitmask(prefersUp<M>(diagonal, up, step, x, y, cNext + o, tNext + o)) & 1;
          const isLeft = i64x2.bitmask(prefersLeft<M>(diagonal, up, left, step, x, y, cNext + o, tNext + o)) & 1;
          store<u8>(at, (load<u8>(at, 2) & ~bit) | (isUp ? bit : 0), 2);
          store<u8>(at, (load<u8>(at, 3) & ~bit) | (isLeft ? bit : 0), 3);
        }
      }
      if (k + 2 >= end) store<f64>(rNext + (<usize>nextFirst << 3), outsideAbove<M>(k + 1, nextFirst));
      store<f64>(rNext + (<usize>(nextLast + 2) << 3), outsideBelow<M>(k + 1, nextLast));
    } else if (k == 0) {
      // R[-1, -1] was only for the first cell.
      store<f64>(r2, Infinity);
    }
    const done2 = r2;
    const done1 = r1;
    r2 = r0;
    r1 = rNext;
    if (keptStride) {
      r0 = r1 + keptStride;
      rNext = r0 + keptStride;
    } else {
      r0 = done2;
      rNext = done1;
    }
  }
  before2 = r2;
  before1 = r1;
  spare2 = r0;
  spare1 = rNext;
  moves = out;
}

/** R of a cell of a kept diagonal, the first one at `first`; Infinity outside the table and the band. */
// @ts-ignore: decorator
@inline
function keptR(first: usize, row: i32, k: i32): f64 {
  if (k < 0 || row < firstRow(k) || row > finalRow(k)) return Infinity;
  return load<f64>(first + <usize>k * keptStride + (<usize>(row + 1) << 3));
}

/**
 * Follows the best moves back from the last cell to the first one, writing each cell as row, column before `to`: for recurrences whose moves all cost the
 * same. `first` is the address of diagonal 0. Returns where the path begins.
 */
export function traceKept(to: usize, first: usize): usize {
  return follow(to, first, true, false, 0, 0);
}

/**
 * Follows the same path and writes the derivatives of its squared costs: of value c of step i of the first series to gradient1 + 8 (i d + c), of the second
 * one, right behind them, likewise.
 */
export function traceGradient(first: usize, gradient1: usize, gradient2: usize): void {
  // There is room for one number more. memory.fill takes as long as some of these paths.
  for (let to = gradient1, end = gradient2 + (<usize>((lastColumn + 1) * d) << 3); to < end; to += 16) v128.store(to, zero());
  if (d == 1) follow(0, first, false, true, gradient1, gradient2);
  else follow(0, first, false, false, gradient1, gradient2);
}

/** Visits the cells of a path, from the last one to the first: with `keep`, writes them, otherwise adds to the gradients. */
// @ts-ignore: decorator
@inline
function follow(to: usize, first: usize, keep: bool, univariate: bool, gradient1: usize, gradient2: usize): usize {
  const stride = keptStride;
  let i = lastRow;
  let j = lastColumn;
  let start = visit(to, i, j, keep, univariate, gradient1, gradient2);
  if (bandFirst) {
    while (i > 0 && j > 0) {
      const k = i + j;
      const diagonal = keptR(first, i - 1, k - 2);
      const up = keptR(first, i - 1, k - 1);
      const left = keptR(first, i, k - 1);
      const isLeft = left < diagonal && left < up;
      if (isLeft || !(up < diagonal)) j--;
      if (!isLeft) i--;
      start = visit(start, i, j, keep, univariate, gradient1, gradient2);
    }
  } else {
    let cell = first + <usize>(i + j) * stride + (<usize>i << 3);
    while (i > 0 && j > 0) {
      const diagonal = load<f64>(cell - 2 * stride);
      const up = load<f64>(cell - stride);
      const left = load<f64>(cell - stride, 8);
      // Without branches: which way a path goes cannot be predicted.
      const isLeft = i32(left < diagonal) & i32(left < up);
      const isUp = i32(up < diagonal);
      cell -= select<usize>(stride, select<usize>(stride + 8, 2 * stride + 8, isUp), isLeft);
      i -= 1 - isLeft;
      j -= isLeft | (1 - isUp);
      start = visit(start, i, j, keep, univariate, gradient1, gradient2);
    }
  }
  // Along an edge of the table there is no choice.
  while (i > 0) start = visit(start, --i, j, keep, univariate, gradient1, gradient2);
  while (j > 0) start = visit(start, i, --j, keep, univariate, gradient1, gradient2);
  return start;
}

// @ts-ignore: decorator
@inline
function visit(to: usize, i: i32, j: i32, keep: bool, univariate: bool, gradient1: usize, gradient2: usize): usize {
  if (keep) {
    store<i32>(to - 8, i);
    store<i32>(to - 8, j, 4);
    return to - 8;
  }
  const a = seriesX + (<usize>i << 3);
  const b = yAt(j);
  if (univariate) {
    pull(a, b, gradient1 + (<usize>i << 3), gradient2 + (<usize>j << 3));
  } else {
    const to1 = gradient1 + (<usize>(i * d) << 3);
    const to2 = gradient2 + (<usize>(j * d) << 3);
    for (let c: usize = 0; c < <usize>d; c++) pull(a + c * xStride, b + c * yStride, to1 + (c << 3), to2 + (c << 3));
  }
  return 0;
}

/** Adds the derivatives of a squared difference. */
// @ts-ignore: decorator
@inline
function pull(x: usize, y: usize, to1: usize, to2: usize): void {
  const twice = 2 * (load<f64>(x) - load<f64>(y));
  store<f64>(to1, load<f64>(to1) + twice);
  store<f64>(to2, load<f64>(to2) - twice);
}

/**
 * Follows the moves back from (row, column) through the kept passes, writing each cell as row, column before `to`. Stops at the first
 * cell of a diagonal before `k` or outside the table. Returns where the path begins; the cell that comes before it is then at
 * `tracedRow`, `tracedColumn`.
 */
export function trace(to: usize, row: i32, column: i32, k: i32): usize {
  let i = row;
  let j = column;
  while (i >= 0 && j >= 0 && i + j >= k) {
    to -= 8;
    store<i32>(to, i);
    store<i32>(to, j, 4);
    const diagonal = i + j;
    const place = load<usize>(passes + (<usize>((diagonal >> 1) - firstPass) << 2));
    const cell = i - firstRow(diagonal & ~1);
    const at = place + (<usize>(cell >> 3) << 2) + (<usize>(diagonal & 1) << 1);
    const bit = 1 << (cell & 7);
    if (load<u8>(at, 1) & bit) {
      j--;
    } else {
      i--;
      if (!(load<u8>(at) & bit)) j--;
    }
  }
  tracedRow = i;
  tracedColumn = j;
  return to;
}
export let tracedRow: i32 = 0;
export let tracedColumn: i32 = 0;
