import { zero } from './lanes';
import { evenTable, oddTable } from './min';
import { gradient1, gradient2, shares, spend, spreadOverChannels } from './soft-gradient';
import { held, xBetween, yBetween } from './soft-moves';
import { d, x as seriesX, xStride, y as seriesY, yAt, yStride } from './table';

// How the shares of a diagonal pull at the series: classes for sweepBack. The share of the move up into row i is at up + 8 (i + 1), likewise for the others.
// What moves by themselves pay for steps of one series is only summed by step here: its derivative is taken once for all.

/** By step, laid out like the first channel of each series: the shares of what such moves pay. */
let sums1: usize = 0;
let sums2: usize = 0;
/** The shares that R[i, -1] and R[-1, j] get, by i and j. */
let sharesLeft: usize = 0;
let sharesAbove: usize = 0;

export function setSums(first: usize, second: usize, left: usize, above: usize): void {
  sums1 = first;
  sums2 = second;
  sharesLeft = left;
  sharesAbove = above;
}

/** Of squared Euclidean costs, half of the gradient. */
@final @unmanaged
export class Squared {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    spreadOverChannels(k, first, last, 0);
  }
}

/** The same of adtw: what warps pays a constant. */
@final @unmanaged
export class Amerced {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    countWarps(first, last, up, left);
    spreadOverChannels(k, first, last, 0);
  }
}

/** The same, weighted by i - j. */
@final @unmanaged
export class Weighted {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    const table = k & 1 ? oddTable - (<usize>((k >> 1) + 1) << 3) : evenTable - (<usize>(k >> 1) << 3);
    for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
      v128.store(shares + o, f64x2.mul(v128.load(shares + o), v128.load(table + o)));
    }
    spreadOverChannels(k, first, last, 0);
  }
}

/** Of erp. */
@final @unmanaged
export class Gaps {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    addSums(k, first, last, up, left);
    divideByDistance(k, first, last, diagonal, 0);
    spreadOverChannels(k, first, last, 0);
    addBorders(k, first, last, up, left, diagonal);
  }
}

/** Of twe, for d = 1. */
@final @unmanaged
export class Stamps {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    addSums(k, first, last, up, left);
    countWeights(k, first, last, diagonal);
    pullMatches(k, first, last, diagonal);
  }
}

/** Of twe, for any d. */
@final @unmanaged
export class StampsAny {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    addSums(k, first, last, up, left);
    countWeights(k, first, last, diagonal);
    divideByDistance(k, first, last, diagonal, 0);
    spreadOverChannels(k, first, last, 0);
    divideByDistance(k, first, last, diagonal, 8);
    spreadOverChannels(k, first, last, 8);
  }
}

/** Of msm, for d = 1. */
@final @unmanaged
export class Splits {
  @inline spread(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
    countWarps(first, last, up, left);
    pullSplits(k, first, last, up, left, diagonal);
  }
}

/** The shares of the moves that warp. */
function countWarps(first: i32, last: i32, up: usize, left: usize): void {
  let sum = zero();
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    sum = f64x2.add(sum, f64x2.add(v128.load(up + o, 8), v128.load(left + o, 8)));
  }
  spend(sum);
}

/** The shares of what diagonal moves pay by i - j. */
function countWeights(k: i32, first: i32, last: i32, diagonal: usize): void {
  const table = k & 1 ? oddTable - (<usize>((k >> 1) + 1) << 3) : evenTable - (<usize>(k >> 1) << 3);
  let sum = zero();
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    sum = f64x2.relaxed_madd(v128.load(diagonal + o, 8), v128.load(table + o), sum);
  }
  spend(sum);
}

/** Adds the shares of the moves up to their rows, and of those left to their columns. */
function addSums(k: i32, first: i32, last: i32, up: usize, left: usize): void {
  const columns = yAt(k) - seriesY + sums2;
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    v128.store(sums1 + o, f64x2.add(v128.load(sums1 + o), v128.load(up + o, 8)));
    v128.store(columns + o, f64x2.add(v128.load(columns + o), v128.load(left + o, 8)));
  }
}

/** Adds what passes over the border. */
function addBorders(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
  if (first == 0) {
    const above = sharesAbove + (<usize>k << 3);
    store<f64>(above, load<f64>(above) + load<f64>(up, 8));
    if (k > 0) store<f64>(above - 8, load<f64>(above - 8) + load<f64>(diagonal, 8));
  }
  if (last == k) {
    const before = sharesLeft + (<usize>k << 3);
    const o: usize = <usize>k << 3;
    store<f64>(before, load<f64>(before) + load<f64>(left + o, 8));
    if (k > 0) store<f64>(before - 8, load<f64>(before - 8) + load<f64>(diagonal + o, 8));
  }
}

/** The shares of the diagonal moves by the distance of their steps, or with `before` 8 of the steps before them; at distance 0 there is no pull. */
function divideByDistance(k: i32, first: i32, last: i32, diagonal: usize, before: usize): void {
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    let sum = zero();
    let y = yAt(k) + o + before;
    let x = seriesX + o - before;
    for (let channel = 0; channel < d; channel++, x += xStride, y += yStride) {
      const difference = f64x2.sub(v128.load(x), v128.load(y));
      sum = f64x2.relaxed_madd(difference, difference, sum);
    }
    const distance = f64x2.sqrt(sum);
    v128.store(shares + o, v128.and(f64x2.div(v128.load(diagonal + o, 8), distance), f64x2.gt(distance, zero())));
  }
}

/** A share, which is not negative, with the sign of a difference; 0 if that is 0. */
// @ts-ignore: decorator
@inline
function signed(share: v128, difference: v128): v128 {
  const sign = v128.and(difference, i64x2.splat(0x8000000000000000));
  return v128.and(v128.or(share, sign), f64x2.ne(difference, zero()));
}

/** A match pulls at both of its steps, and at those before them. */
function pullMatches(k: i32, first: i32, last: i32, diagonal: usize): void {
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    const x = seriesX + o;
    const y = yAt(k) + o;
    const share = v128.load(diagonal + o, 8);
    pull(x, y, signed(share, f64x2.sub(v128.load(x), v128.load(y))));
    pull(x - 8, y + 8, signed(share, f64x2.sub(v128.load(x - 8), v128.load(y + 8))));
  }
}

/** A move pulls at both of its steps, and so does a split or a merge that costs their distance; others pull at neighbours. */
function pullSplits(k: i32, first: i32, last: i32, up: usize, left: usize, diagonal: usize): void {
  for (let o: usize = <usize>first << 3, stop: usize = <usize>(last + 1) << 3; o < stop; o += 16) {
    const x = seriesX + o;
    const y = yAt(k) + o;
    const difference = f64x2.sub(v128.load(x), v128.load(y));
    const betweenX = v128.load(x + xBetween);
    const betweenY = v128.load(y + yBetween);
    const heldX = held(difference, betweenX);
    const heldY = held(difference, betweenY);
    const shareUp = v128.load(up + o, 8);
    const shareLeft = v128.load(left + o, 8);
    const own = v128.and(shareUp, f64x2.eq(heldX, betweenX));
    const other = v128.and(shareLeft, f64x2.eq(heldY, betweenY));
    const toX = sums1 + o;
    const toY = y - seriesY + sums2;
    v128.store(toX, f64x2.add(v128.load(toX), own));
    v128.store(toY, f64x2.add(v128.load(toY), other));
    const byUp = v128.and(v128.andnot(shareUp, own), f64x2.eq(heldX, difference));
    const byLeft = v128.and(v128.andnot(shareLeft, other), f64x2.eq(heldY, difference));
    pull(x, y, signed(f64x2.add(v128.load(diagonal + o, 8), f64x2.add(byUp, byLeft)), difference));
  }
}

/** Adds to the gradient of the steps of x, and subtracts from that of y. */
// @ts-ignore: decorator
@inline
function pull(x: usize, y: usize, by: v128): void {
  const toX = x - seriesX + gradient1;
  const toY = y - seriesY + gradient2;
  v128.store(toX, f64x2.add(v128.load(toX), by));
  v128.store(toY, f64x2.sub(v128.load(toY), by));
}
