import { candidates, fillLanes, finalColumn, firstColumn, hasRow, keepLast, keepNumber, leave, leftBorder, results, row, rows, stepOfRow, stride, table, top, unfinished } from './batch';
import { exp2, renormalise, shifted, storeProducts } from './exp2';
import { differ, firstOfAll, lastOfAll, takeBack } from './lane-bands';
import { least, zero } from './lanes';
import { costs } from './local-cost';
import { isNear, placePlainRow, plainRows } from './plain-rows';
import { paid, prepare } from './recurrence';
import { diagonalExponent, diagonalMantissa, factorOf, leftExponent, leftMantissa, ownPower, together, upExponent, upMantissa } from './soft-cell';
import { scale } from './softmin';

// The soft minimum of a batch: softmin.ts row by row. Powers of two aside, which are exact, a cell is computed as there, so the values are the same, bit by bit.

/** Rows of mantissas and exponents, each like `cells`: those of the row above and of this one. */
let mantissasAbove: usize = 0;
let mantissasHere: usize = 0;
let exponentsAbove: usize = 0;
let exponentsHere: usize = 0;

/** Whether the query that is computed needs no exponents. */
let plain: bool = false;

/** Four rows, `stride` bytes apart. */
export function startSoftBatch(at: usize, stride: usize): void {
  mantissasAbove = at;
  mantissasHere = at + stride;
  exponentsAbove = at + 2 * stride;
  exponentsHere = at + 3 * stride;
}

/**
 * Whoever goes from cell to cell meets a renormalised one after this many columns or rows: a mantissa then grew by at most 2^2.6 and shrank by at most 2^-1.5
 * for each of twice as many cells.
 */
const RENORMALISE_EVERY: i32 = 64;

/** Computes `count` rows of a batch. */
// @ts-ignore: decorator
@inline
export function sweepSoftRows<M, P>(count: i32): void {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const infinity = f64x2.splat(Infinity);
  const one = f64x2.splat(1);
  const yStep = stride;
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    // @ts-ignore: only some have it
    if (isDefined(recurrence.pay) && !isDefined(recurrence.isKernel) && !isDefined(recurrence.amerced)) {
      if (begin == 0) {
        plain = isNear<M, P>(scale);
        placePlainRow(mantissasAbove);
      }
      if (plain) {
        plainRows<M, P>(begin, end, scale);
        if (hasRow(end)) continue;
        keepLast(mantissasAbove);
        keepNumber(0);
        finishLast();
        continue;
      }
    }
    if (begin == 0) {
      // Row -1, as far as row 0 needs it.
      const reach = finalColumn(0) + 1;
      fillLanes(mantissasAbove, reach + 1, one);
      fillLanes(exponentsAbove, 1, zero());
      // @ts-ignore: only some have it
      if (isDefined(recurrence.bordered)) {
        for (let o: usize = 0, end: usize = <usize>reach << 6; o < end; o += 16) storeZ(mantissasAbove + 64 + o, exponentsAbove + 64 + o, v128.load(top + o));
      } else {
        fillLanes(exponentsAbove + 64, reach, infinity);
      }
    }
    for (let i = begin; i < end; i++) {
      const first = firstColumn(i);
      const last = finalColumn(i);
      if (i > 0) {
        const above = finalColumn(i - 1);
        if (last > above) {
          const place: usize = <usize>(above + 2) << 6;
          fillLanes(mantissasAbove + place, last - above, one);
          fillLanes(exponentsAbove + place, last - above, infinity);
        }
      }
      prepare<M>(i, first, last);
      const x = stepOfRow<P>(i);
      const m1 = mantissasAbove;
      const e1 = exponentsAbove;
      const m0 = mantissasHere;
      const e0 = exponentsHere;
      const before: usize = <usize>first << 6;
      fillLanes(m0 + before, 1, one);
      fillLanes(e0 + before, 1, infinity);
      // @ts-ignore: only some have it
      if (isDefined(recurrence.bordered)) {
        if (first == 0) {
          for (let v: usize = 0; v < 4; v++) storeZ(m0 + 16 * v, e0 + 16 * v, lanes.x(x + leftBorder + v * lanes.apart));
        }
      }
      let t = table + (<usize>(first - i) << 6);
      let y = candidates + <usize>first * yStep;
      const start = differ() ? firstOfAll(i) : first;
      for (let j = first; j <= last; ) {
        const stop: usize = <usize>(j < start ? j + 1 : min(j | (RENORMALISE_EVERY - 1), last) + 1) << 6;
        for (let o: usize = <usize>j << 6; o < stop; o += 64, y += yStep, t += 64) {
          const c = costs + o;
          two<M>(m1 + o, e1 + o, m0 + o, e0 + o, recurrence.load(x), recurrence.load(x + lanes.apart), x, x + lanes.apart, y, c, t);
          const p = x + 2 * lanes.apart;
          two<M>(m1 + o + 32, e1 + o + 32, m0 + o + 32, e0 + o + 32, recurrence.load(p), recurrence.load(p + lanes.apart), p, p + lanes.apart, y + 32, c + 32, t + 32);
        }
        if (j < start) {
          takeBack(m0, i, j, j, one);
          takeBack(e0, i, j, j, infinity);
        }
        j = <i32>(stop >> 6);
        if (!(j & (RENORMALISE_EVERY - 1))) renormalise(m0 + stop, e0 + stop, 8);
      }
      if ((i & (RENORMALISE_EVERY - 1)) == RENORMALISE_EVERY - 1) {
        const begins: usize = <usize>(first + 1) << 6;
        renormalise(m0 + begins, e0 + begins, (last - first + 1) << 3);
      }
      if (differ()) {
        const from = max(start, lastOfAll(i) + 1);
        takeBack(m0, i, from, last, one);
        takeBack(e0, i, from, last, infinity);
      }
      mantissasAbove = m0;
      exponentsAbove = e0;
      mantissasHere = m1;
      exponentsHere = e1;
    }
    if (hasRow(end)) continue;
    keepLast(mantissasAbove);
    keepLast(exponentsAbove);
    finishLast();
  }
}

/** However often mantissas were renormalised on the way, those of the results are from 1 to 2. */
function finishLast(): void {
  renormalise(results - 128, results - 64, 8);
  leave();
}

/** Stores Z of a finite R in two lanes. */
// @ts-ignore: decorator
@inline
function storeZ(mantissa: usize, exponent: usize, r: v128): void {
  const power = f64x2.mul(r, f64x2.splat(scale));
  const whole = f64x2.nearest(power);
  v128.store(mantissa, exp2(f64x2.sub(whole, power)));
  v128.store(exponent, whole);
}

/** A cell of four lanes. `m1` and `e1` point at its diagonal neighbour, `m0` and `e0` at its left one: the upper one and its own place come 64 bytes later. */
// @ts-ignore: decorator
@inline
function two<M>(m1: usize, e1: usize, m0: usize, e0: usize, x0: v128, x1: v128, xa: usize, xb: usize, y: usize, c: usize, t: usize): void {
  const recurrence = changetype<M>(0);
  const toPower = f64x2.splat(scale);
  const own0 = ownPower<M>(x0, xa, y, c, t, toPower);
  const ownWhole0 = f64x2.nearest(own0);
  const factor0 = factorOf<M>(ownWhole0, own0);
  const eUp0 = upExponent<M>(v128.load(e1, 64), x0, xa, y, ownWhole0);
  const eLeft0 = leftExponent<M>(v128.load(e0), x0, xa, y, ownWhole0);
  const eDiagonal0 = diagonalExponent<M>(v128.load(e1), ownWhole0);
  const least0 = least(least(eUp0, eLeft0), eDiagonal0);
  const up0 = shifted(upMantissa<M>(v128.load(m1, 64), x0, xa, y, factor0), f64x2.sub(least0, eUp0));
  const left0 = shifted(leftMantissa<M>(v128.load(m0), x0, xa, y, factor0), f64x2.sub(least0, eLeft0));
  const diagonal0 = shifted(diagonalMantissa<M>(v128.load(m1), factor0), f64x2.sub(least0, eDiagonal0));
  const sum0 = together<M>(up0, left0, diagonal0);

  const own1 = ownPower<M>(x1, xb, y + 16, c + 16, t + 16, toPower);
  const ownWhole1 = f64x2.nearest(own1);
  const factor1 = factorOf<M>(ownWhole1, own1);
  const eUp1 = upExponent<M>(v128.load(e1, 80), x1, xb, y + 16, ownWhole1);
  const eLeft1 = leftExponent<M>(v128.load(e0, 16), x1, xb, y + 16, ownWhole1);
  const eDiagonal1 = diagonalExponent<M>(v128.load(e1, 16), ownWhole1);
  const least1 = least(least(eUp1, eLeft1), eDiagonal1);
  const up1 = shifted(upMantissa<M>(v128.load(m1, 80), x1, xb, y + 16, factor1), f64x2.sub(least1, eUp1));
  const left1 = shifted(leftMantissa<M>(v128.load(m0, 16), x1, xb, y + 16, factor1), f64x2.sub(least1, eLeft1));
  const diagonal1 = shifted(diagonalMantissa<M>(v128.load(m1, 16), factor1), f64x2.sub(least1, eDiagonal1));
  const sum1 = together<M>(up1, left1, diagonal1);

  // @ts-ignore: only some have it
  if (isDefined(recurrence.pay)) {
    const power0 = f64x2.mul(paid<M>(zero(), x0, xa, y, c, t), toPower);
    const power1 = f64x2.mul(paid<M>(zero(), x1, xb, y + 16, c + 16, t + 16), toPower);
    const whole0 = f64x2.nearest(power0);
    const whole1 = f64x2.nearest(power1);
    v128.store(e0, f64x2.add(least0, whole0), 64);
    v128.store(e0, f64x2.add(least1, whole1), 80);
    // @ts-ignore: only some have it
    storeProducts(m0 + 64, sum0, sum1, power0, power1, whole0, whole1, isDefined(recurrence.isKernel));
  } else {
    v128.store(e0, least0, 64);
    v128.store(e0, least1, 80);
    v128.store(m0, sum0, 64);
    v128.store(m0, sum1, 80);
  }
}
