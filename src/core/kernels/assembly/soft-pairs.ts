import { fillLanes } from './batch';
import { renormalise, storeProducts, twoToMinus } from './exp2';
import { most, zero } from './lanes';
import { costOf, costs, d, fillCosts, finalOf, firstOf, gradient1, gradient2, isBanded, m, n, x, y } from './pairs';
import { largestPower } from './plain-rows';

// Soft-DTW of eight pairs at once, with the gradient of each: forward row by row, keeping two softmin weights for each cell, then backward by multiplications
// alone. As in softmin.ts, Z = exp(-R / gamma) is mantissa * 2^-exponent. Here 1.5 * 2^52 is added to the exponent, so that the difference of two exponents is
// that of their bits.

/** Z of two rows: of column j at 64 (j + 1). */
let mantissasAbove: usize = 0;
let mantissasHere: usize = 0;
let exponentsAbove: usize = 0;
let exponentsHere: usize = 0;
/** 1 / (gamma ln 2) */
let scale: f64 = 0;
/** Where the weights of the next row go: 128 bytes for each cell. */
let weights: usize = 0;

/** The exponent 0, and one for what no path reaches. */
const BIAS: f64 = 6755399441055744;
const UNREACHED: f64 = BIAS + 1125899906842624;
/** Terms this much smaller than the largest, as a power of two, are negligible. */
const NEGLIGIBLE: f64 = 500;
/** Whether Z needs no exponents: plain-rows.ts. */
let plain: bool = false;
/** See soft-rows.ts. */
const RENORMALISE_EVERY: i32 = 64;

/** Four rows of 64 (m + 2) bytes each; 1 / (gamma ln 2). */
export function startSoftPairs(at: usize, newWeights: usize, newScale: f64): void {
  scale = newScale;
  const stride: usize = <usize>(m + 2) << 6;
  mantissasAbove = at;
  mantissasHere = at + stride;
  exponentsAbove = at + 2 * stride;
  exponentsHere = at + 3 * stride;
  weights = newWeights;
  fillLanes(mantissasAbove, m + 2, f64x2.splat(1));
  fillLanes(mantissasHere, m + 2, f64x2.splat(1));
  fillLanes(exponentsAbove, m + 2, f64x2.splat(UNREACHED));
  fillLanes(exponentsHere, m + 2, f64x2.splat(UNREACHED));
  fillLanes(exponentsAbove, 1, f64x2.splat(BIAS));
}

/** Where the eight mantissas of the last cell are once all rows are computed, and their exponents. */
export function pairsMantissas(): usize {
  if (plain) fillLanes(exponentsAbove + (<usize>m << 6), 1, f64x2.splat(BIAS));
  renormalise(mantissasAbove + (<usize>m << 6), exponentsAbove + (<usize>m << 6), 8);
  return mantissasAbove + (<usize>m << 6);
}
export function pairsExponents(): usize {
  return exponentsAbove + (<usize>m << 6);
}

export function softPairs(begin: i32, end: i32): void { sweep(begin, end, false, true); }
export function softPairsWeights(begin: i32, end: i32): void { sweep(begin, end, true, true); }
export function softPairsAny(begin: i32, end: i32): void { sweep(begin, end, false, false); }
export function softPairsAnyWeights(begin: i32, end: i32): void { sweep(begin, end, true, false); }
export function softPairsBack(begin: i32, end: i32): void { sweepBack(begin, end, true); }
export function softPairsAnyBack(begin: i32, end: i32): void { sweepBack(begin, end, false); }

/** Computes rows begin..end - 1; with `keep`, also the weights of up and left in each cell: diagonal has the rest. */
// @ts-ignore: decorator
@inline
function sweep(begin: i32, end: i32, keep: bool, univariate: bool): void {
  const one = f64x2.splat(1);
  const unreached = f64x2.splat(UNREACHED);
  if (begin == 0) plain = isNear(univariate);
  if (plain) {
    sweepPlain(begin, end, keep, univariate);
    return;
  }
  let w = weights;
  for (let i = begin; i < end; i++) {
    const first = firstOf(i);
    const last = finalOf(i);
    if (i > 0) {
      // What the row above does not have.
      const above = finalOf(i - 1);
      if (last > above) {
        const place: usize = <usize>(above + 2) << 6;
        fillLanes(mantissasAbove + place, last - above, one);
        fillLanes(exponentsAbove + place, last - above, unreached);
      }
    }
    const step = x + (<usize>(i * d) << 6);
    if (!univariate) fillCosts(step, first, last);
    const m1 = mantissasAbove;
    const e1 = exponentsAbove;
    const m0 = mantissasHere;
    const e0 = exponentsHere;
    fillLanes(m0 + (<usize>first << 6), 1, one);
    fillLanes(e0 + (<usize>first << 6), 1, unreached);
    const source = univariate ? y : costs;
    for (let j = first; j <= last; ) {
      const stop: usize = <usize>(min(j | (RENORMALISE_EVERY - 1), last) + 1) << 6;
      for (let o: usize = <usize>j << 6; o < stop; o += 64) {
        two(m1 + o, e1 + o, m0 + o, e0 + o, step, source + o, w, keep, univariate);
        two(m1 + o + 32, e1 + o + 32, m0 + o + 32, e0 + o + 32, step + 32, source + o + 32, w + 64, keep, univariate);
        if (keep) w += 128;
      }
      j = <i32>(stop >> 6);
      if (!(j & (RENORMALISE_EVERY - 1))) renormalise(m0 + stop, e0 + stop, 8);
    }
    if ((i & (RENORMALISE_EVERY - 1)) == RENORMALISE_EVERY - 1) {
      const start: usize = <usize>(first + 1) << 6;
      renormalise(m0 + start, e0 + start, (last - first + 1) << 3);
    }
    mantissasAbove = m0;
    exponentsAbove = e0;
    mantissasHere = m1;
    exponentsHere = e1;
  }
  weights = w;
}

/** A mantissa times two to the power of `least - exponent`, both biased; `floor` is the largest exponent that matters. */
// @ts-ignore: decorator
@inline
function lowered(mantissa: v128, exponent: v128, least: v128, floor: v128): v128 {
  return i64x2.add(mantissa, i64x2.shl(i64x2.sub(least, f64x2.pmin(exponent, floor)), 52));
}

/** A cell of four lanes. `m1` and `e1` point at its diagonal neighbour, `m0` and `e0` at its left one: the upper one and its own place come 64 bytes later. */
// @ts-ignore: decorator
@inline
function two(m1: usize, e1: usize, m0: usize, e0: usize, step: usize, source: usize, w: usize, keep: bool, univariate: bool): void {
  const toPower = f64x2.splat(scale);
  const reach = f64x2.splat(NEGLIGIBLE);
  const eUp0 = v128.load(e1, 64);
  const eLeft0 = v128.load(e0);
  const eDiagonal0 = v128.load(e1);
  const least0 = f64x2.pmin(f64x2.pmin(eUp0, eDiagonal0), eLeft0);
  const floor0 = f64x2.add(least0, reach);
  const up0 = lowered(v128.load(m1, 64), eUp0, least0, floor0);
  const left0 = lowered(v128.load(m0), eLeft0, least0, floor0);
  const sum0 = f64x2.add(f64x2.add(up0, lowered(v128.load(m1), eDiagonal0, least0, floor0)), left0);

  const eUp1 = v128.load(e1, 80);
  const eLeft1 = v128.load(e0, 16);
  const eDiagonal1 = v128.load(e1, 16);
  const least1 = f64x2.pmin(f64x2.pmin(eUp1, eDiagonal1), eLeft1);
  const floor1 = f64x2.add(least1, reach);
  const up1 = lowered(v128.load(m1, 80), eUp1, least1, floor1);
  const left1 = lowered(v128.load(m0, 16), eLeft1, least1, floor1);
  const sum1 = f64x2.add(f64x2.add(up1, lowered(v128.load(m1, 16), eDiagonal1, least1, floor1)), left1);

  if (keep) {
    const share0 = f64x2.div(f64x2.splat(1), sum0);
    const share1 = f64x2.div(f64x2.splat(1), sum1);
    v128.store(w, f64x2.mul(up0, share0));
    v128.store(w, f64x2.mul(left0, share0), 16);
    v128.store(w, f64x2.mul(up1, share1), 32);
    v128.store(w, f64x2.mul(left1, share1), 48);
  }
  // Not fused: the difference of a power and its nearest integer is exact, and 0 from 2^52 on.
  const power0 = f64x2.mul(costOf(step, source, univariate), toPower);
  const power1 = f64x2.mul(costOf(step + 16, source + 16, univariate), toPower);
  const whole0 = f64x2.nearest(power0);
  const whole1 = f64x2.nearest(power1);
  v128.store(e0, f64x2.add(least0, whole0), 64);
  v128.store(e0, f64x2.add(least1, whole1), 80);
  storeProducts(m0 + 64, sum0, sum1, power0, power1, whole0, whole1, false);
}

/** Whether the straight path of every pair is short enough for Z without exponents. */
function isNear(univariate: bool): bool {
  const limit = largestPower(n + m);
  if (limit <= 0 || (isBanded() && n != m)) return false;
  let largest = zero();
  for (let lanes: usize = 0; lanes < 64; lanes += 16) {
    let sum = zero();
    for (let k = 0, steps = max(n, m); k < steps; k++) {
      const step = x + (<usize>(min(k, n - 1) * d) << 6) + lanes;
      const other = y + (<usize>(min(k, m - 1) * d) << 6) + lanes;
      for (let o: usize = 0, bytes: usize = <usize>d << 6; o < bytes; o += 64) {
        const difference = f64x2.sub(v128.load(step + o), v128.load(other + o));
        sum = f64x2.relaxed_madd(difference, difference, sum);
      }
    }
    largest = most(largest, sum);
  }
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)) * scale < limit;
}

/** The rows of `sweep` without exponents; what is kept is for sweepBackPlain. */
// @ts-ignore: decorator
@inline
function sweepPlain(begin: i32, end: i32, keep: bool, univariate: bool): void {
  let w = weights;
  for (let i = begin; i < end; i++) {
    const first = firstOf(i);
    const last = finalOf(i);
    if (i == 0) {
      fillLanes(mantissasAbove + 64, last + 1, zero());
    } else {
      const above = finalOf(i - 1);
      if (last > above) fillLanes(mantissasAbove + (<usize>(above + 2) << 6), last - above, zero());
    }
    const step = x + (<usize>(i * d) << 6);
    if (!univariate) fillCosts(step, first, last);
    const m1 = mantissasAbove;
    const m0 = mantissasHere;
    fillLanes(m0 + (<usize>first << 6), 1, zero());
    const source = univariate ? y : costs;
    for (let o: usize = <usize>first << 6, stop: usize = <usize>(last + 1) << 6; o < stop; o += 64) {
      twoPlain(m1 + o, m0 + o, step, source + o, w, keep, univariate);
      twoPlain(m1 + o + 32, m0 + o + 32, step + 32, source + o + 32, w + 64, keep, univariate);
      if (keep) w += 128;
    }
    mantissasAbove = m0;
    mantissasHere = m1;
  }
  weights = w;
}

/** A cell of four lanes, as in `two`. With `keep`, what follows w is its exp(-cost / gamma) and its Z. */
// @ts-ignore: decorator
@inline
function twoPlain(m1: usize, m0: usize, step: usize, source: usize, w: usize, keep: bool, univariate: bool): void {
  const toPower = f64x2.splat(scale);
  const up0 = v128.load(m1, 64);
  const up1 = v128.load(m1, 80);
  const left0 = v128.load(m0);
  const left1 = v128.load(m0, 16);
  const sum0 = f64x2.add(f64x2.add(up0, v128.load(m1)), left0);
  const sum1 = f64x2.add(f64x2.add(up1, v128.load(m1, 16)), left1);
  const g0 = twoToMinus(f64x2.mul(costOf(step, source, univariate), toPower));
  const g1 = twoToMinus(f64x2.mul(costOf(step + 16, source + 16, univariate), toPower));
  const z0 = f64x2.mul(sum0, g0);
  const z1 = f64x2.mul(sum1, g1);
  if (keep) {
    v128.store(w, g0);
    v128.store(w, z0, 16);
    v128.store(w, g1, 32);
    v128.store(w, z1, 48);
  }
  v128.store(m0, z0, 64);
  v128.store(m0, z1, 80);
}

/** Shares passed to column j of the row above by the moves out of it, at passed + 64 (j + 1). */
let passed: usize = 0;

/** `at`: a row of 64 (m + 2) bytes. The last cell gets the whole share. */
export function startSoftPairsBack(at: usize): void {
  passed = at;
  fillLanes(at, m + 2, zero());
  const one = f64x2.splat(1);
  if (!plain) {
    fillLanes(at + (<usize>m << 6), 1, one);
    return;
  }
  // What the last cell gets, as if from the right: one over its Z.
  v128.store(at, f64x2.div(one, v128.load(weights - 112)));
  v128.store(at, f64x2.div(one, v128.load(weights - 80)), 16);
  v128.store(at, f64x2.div(one, v128.load(weights - 48)), 32);
  v128.store(at, f64x2.div(one, v128.load(weights - 16)), 48);
}

/** Passes shares back through rows end - 1..begin, and adds to half of the gradients. */
// @ts-ignore: decorator
@inline
function sweepBack(begin: i32, end: i32, univariate: bool): void {
  if (plain) {
    sweepBackPlain(begin, end, univariate);
    return;
  }
  const yBytes: usize = <usize>d << 6;
  let w = weights;
  for (let i = end - 1; i >= begin; i--) {
    const first = firstOf(i);
    const last = finalOf(i);
    w -= <usize>(last - first + 1) << 7;
    const step = x + (<usize>i * yBytes);
    const to = gradient1 + (<usize>i * yBytes);
    for (let lanes: usize = 0; lanes < 64; lanes += 32) {
      let pull0 = zero();
      let pull1 = zero();
      // What the cell to the right passes to this one, and to the one above this one.
      let left0 = zero();
      let left1 = zero();
      let corner0 = zero();
      let corner1 = zero();
      const x0 = v128.load(step + lanes);
      const x1 = v128.load(step + lanes, 16);
      const stop = passed + (<usize>(first + 1) << 6) + lanes;
      let weight = w + (<usize>(last - first) << 7) + 2 * lanes;
      let other = y + <usize>last * yBytes + lanes;
      let back = gradient2 + <usize>last * yBytes + lanes;
      for (let o = passed + (<usize>(last + 1) << 6) + lanes; o >= stop; o -= 64, weight -= 128, other -= yBytes, back -= yBytes) {
        const share0 = f64x2.add(v128.load(o), left0);
        const share1 = f64x2.add(v128.load(o, 16), left1);
        const up0 = f64x2.mul(share0, v128.load(weight));
        const up1 = f64x2.mul(share1, v128.load(weight, 32));
        left0 = f64x2.mul(share0, v128.load(weight, 16));
        left1 = f64x2.mul(share1, v128.load(weight, 48));
        v128.store(o, f64x2.add(up0, corner0));
        v128.store(o, f64x2.add(up1, corner1), 16);
        // If the diagonal has no weight, rounding leaves slightly more or less than 0.
        corner0 = most(zero(), f64x2.sub(f64x2.sub(share0, up0), left0));
        corner1 = most(zero(), f64x2.sub(f64x2.sub(share1, up1), left1));
        if (univariate) {
          const by0 = f64x2.mul(share0, f64x2.sub(x0, v128.load(other)));
          const by1 = f64x2.mul(share1, f64x2.sub(x1, v128.load(other, 16)));
          pull0 = f64x2.add(pull0, by0);
          pull1 = f64x2.add(pull1, by1);
          v128.store(back, f64x2.sub(v128.load(back), by0));
          v128.store(back, f64x2.sub(v128.load(back, 16), by1), 16);
        } else {
          pullChannels(share0, share1, step + lanes, other, to + lanes, back, yBytes);
        }
      }
      // To the cell above the one to the left of the row's first, if there is one.
      v128.store(stop - 64, corner0);
      v128.store(stop - 64, corner1, 16);
      if (univariate) {
        v128.store(to + lanes, pull0);
        v128.store(to + lanes, pull1, 16);
      }
    }
  }
  weights = w;
}

/** Adds what the shares of a cell add to half of both gradients, for several values per step. */
// @ts-ignore: decorator
@inline
function pullChannels(share0: v128, share1: v128, step: usize, other: usize, to: usize, back: usize, bytes: usize): void {
  for (let c: usize = 0; c < bytes; c += 64) {
    const by0 = f64x2.mul(share0, f64x2.sub(v128.load(step + c), v128.load(other + c)));
    const by1 = f64x2.mul(share1, f64x2.sub(v128.load(step + c, 16), v128.load(other + c, 16)));
    v128.store(to + c, f64x2.add(v128.load(to + c), by0));
    v128.store(to + c, f64x2.add(v128.load(to + c, 16), by1), 16);
    v128.store(back + c, f64x2.sub(v128.load(back + c), by0));
    v128.store(back + c, f64x2.sub(v128.load(back + c, 16), by1), 16);
  }
}

/**
 * The same without exponents: the share of a cell is its Z times what the ways from it to the last cell add up to, over Z of the last cell. `passed` has that of the cells of
 * the row below, times their exp(-cost / gamma): what a cell gets is a sum of three, as on the way forward.
 */
// @ts-ignore: decorator
@inline
function sweepBackPlain(begin: i32, end: i32, univariate: bool): void {
  const yBytes: usize = <usize>d << 6;
  let w = weights;
  for (let i = end - 1; i >= begin; i--) {
    const first = firstOf(i);
    const last = finalOf(i);
    w -= <usize>(last - first + 1) << 7;
    const step = x + (<usize>i * yBytes);
    const to = gradient1 + (<usize>i * yBytes);
    // Whether the row below goes on to the right of this one.
    const hasCorner = i + 1 < n && finalOf(i + 1) > last;
    for (let lanes: usize = 0; lanes < 64; lanes += 32) {
      let pull0 = zero();
      let pull1 = zero();
      let right0 = zero();
      let right1 = zero();
      let corner0 = zero();
      let corner1 = zero();
      if (i == n - 1) {
        right0 = v128.load(passed + lanes);
        right1 = v128.load(passed + lanes, 16);
      }
      if (hasCorner) {
        corner0 = v128.load(passed + (<usize>(last + 2) << 6) + lanes);
        corner1 = v128.load(passed + (<usize>(last + 2) << 6) + lanes, 16);
      }
      const x0 = v128.load(step + lanes);
      const x1 = v128.load(step + lanes, 16);
      const stop = passed + (<usize>(first + 1) << 6) + lanes;
      let kept = w + (<usize>(last - first) << 7) + 2 * lanes;
      let other = y + <usize>last * yBytes + lanes;
      let back = gradient2 + <usize>last * yBytes + lanes;
      for (let o = passed + (<usize>(last + 1) << 6) + lanes; o >= stop; o -= 64, kept -= 128, other -= yBytes, back -= yBytes) {
        const below0 = v128.load(o);
        const below1 = v128.load(o, 16);
        const ways0 = f64x2.add(f64x2.add(below0, corner0), right0);
        const ways1 = f64x2.add(f64x2.add(below1, corner1), right1);
        corner0 = below0;
        corner1 = below1;
        right0 = f64x2.mul(ways0, v128.load(kept));
        right1 = f64x2.mul(ways1, v128.load(kept, 32));
        v128.store(o, right0);
        v128.store(o, right1, 16);
        const share0 = f64x2.mul(ways0, v128.load(kept, 16));
        const share1 = f64x2.mul(ways1, v128.load(kept, 48));
        if (univariate) {
          const by0 = f64x2.mul(share0, f64x2.sub(x0, v128.load(other)));
          const by1 = f64x2.mul(share1, f64x2.sub(x1, v128.load(other, 16)));
          pull0 = f64x2.add(pull0, by0);
          pull1 = f64x2.add(pull1, by1);
          v128.store(back, f64x2.sub(v128.load(back), by0));
          v128.store(back, f64x2.sub(v128.load(back, 16), by1), 16);
        } else {
          pullChannels(share0, share1, step + lanes, other, to + lanes, back, yBytes);
        }
      }
      if (univariate) {
        v128.store(to + lanes, pull0);
        v128.store(to + lanes, pull1, 16);
      }
    }
  }
  weights = w;
}
