import { exp2, renormalise, shifted, storeProducts } from './exp2';
import { least, zero } from './lanes';
import { costStride, costs } from './local-cost';
import { evenTable, leftBorder, oddTable, topBorder } from './min';
import { paid, prepare } from './recurrence';
import { diagonalExponent, diagonalMantissa, factorOf, leftExponent, leftMantissa, ownPower, together, upExponent, upMantissa, warped } from './soft-cell';
import { finalRow, firstRow, x as seriesX, yAt } from './table';

// softmin(r) = -gamma log sum exp(-r / gamma). With Z = exp(-R / gamma) the recurrence is a sum of products, one exponential per cell:
//   Z[i,j] = exp(-cost / gamma) (Z[i-1,j-1] + Z[i-1,j] + Z[i,j-1])
// and Z = mantissa * 2^-exponent, the exponent an integer in float64. For unreachable cells, the exponent is Infinity.

// Three rolling diagonals; row i is at base + 8 (i + 1), so that row -1 has a place.
let mantissas2: usize = 0;
let mantissas1: usize = 0;
let mantissas0: usize = 0;
let exponents2: usize = 0;
let exponents1: usize = 0;
let exponents0: usize = 0;

/** 1 / (gamma ln 2): costs become powers of two. */
export let scale: f64 = 0;

/** Where the weights of the next diagonal go. */
let weights: usize = 0;

/** Mantissas grow by at most 2^2.1 and shrink by at most 2^-0.5 per diagonal: 64 diagonals stay within 2^-32 and 2^135. */
const RENORMALISE_EVERY: i32 = 64;

/** Six rolling arrays of `stride` bytes each, stride >= 8 (rows + 16), initially empty except for R[-1, -1] = 0. */
export function startSoft(at: usize, stride: usize, newScale: f64): void {
  for (let p = at, end = at + 3 * stride; p < end; p += 16) v128.store(p, f64x2.splat(1));
  for (let p = at + 3 * stride, end = at + 6 * stride; p < end; p += 16) v128.store(p, f64x2.splat(Infinity));
  mantissas2 = at;
  mantissas1 = at + stride;
  mantissas0 = at + 2 * stride;
  exponents2 = at + 3 * stride;
  exponents1 = at + 4 * stride;
  exponents0 = at + 5 * stride;
  store<f64>(exponents2, 0);
  scale = newScale;
}

/** After `startSoft`, for recurrences with a border, whose R[0, -1] and R[-1, 0] are the diagonal before the first. */
export function startSoftBorders(): void {
  storeR(mantissas1, exponents1, load<f64>(topBorder));
  storeR(mantissas1 + 8, exponents1 + 8, load<f64>(leftBorder));
}

/** Stores Z of a finite R. */
function storeR(mantissa: usize, exponent: usize, r: f64): void {
  const power = f64x2.mul(f64x2.splat(r), f64x2.splat(scale));
  const whole = f64x2.nearest(power);
  v128.store64_lane(mantissa, exp2(f64x2.sub(whole, power)), 0);
  v128.store64_lane(exponent, whole, 0);
}

/** Stores Z just outside of the rows of a diagonal: of a border if it has one there, otherwise of what no path reaches. */
// @ts-ignore: decorator
@inline
function storeOutside<M>(mantissa: usize, exponent: usize, onBorder: bool, border: usize): void {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).bordered)) {
    if (onBorder && load<f64>(border) < Infinity) {
      storeR(mantissa, exponent, load<f64>(border));
      return;
    }
  }
  store<f64>(mantissa, 1);
  store<f64>(exponent, Infinity);
}

/** For a batch, which has arrays of its own. */
export function setScale(newScale: f64): void {
  scale = newScale;
}

/** The weights of the moves into each cell, 16 bytes per cell, go to `at` from the next diagonal on. */
export function keepWeights(at: usize): void {
  weights = at;
}
export function weightsEnd(): usize {
  return weights;
}

/** Z of a row of the diagonal computed last, with a mantissa from 1 to 2: however often it was renormalised on the way, it is the same, bit by bit. */
export function lastMantissa(row: i32): f64 {
  return load<f64>(lastZ(row));
}
export function lastExponent(row: i32): f64 {
  return load<f64>(lastZ(row), 16);
}
const LAST: usize = memory.data(32, 16);
function lastZ(row: i32): usize {
  v128.store(LAST, v128.load64_splat(mantissas1 + (<usize>(row + 1) << 3)));
  v128.store(LAST, v128.load64_splat(exponents1 + (<usize>(row + 1) << 3)), 16);
  renormalise(LAST, LAST + 16, 2);
  return LAST;
}

/** Copies rows first - 1..last + 1 of the two diagonals before the next one to `to`, or back from there: 4 (last - first + 3) numbers. */
export function saveSoftRows(to: usize, first: i32, last: i32): void {
  const bytes: usize = <usize>(last - first + 3) << 3;
  const offset: usize = <usize>first << 3;
  memory.copy(to, mantissas2 + offset, bytes);
  memory.copy(to + bytes, mantissas1 + offset, bytes);
  memory.copy(to + 2 * bytes, exponents2 + offset, bytes);
  memory.copy(to + 3 * bytes, exponents1 + offset, bytes);
}
export function restoreSoftRows(from: usize, first: i32, last: i32): void {
  const bytes: usize = <usize>(last - first + 3) << 3;
  const offset: usize = <usize>first << 3;
  memory.copy(mantissas2 + offset, from, bytes);
  memory.copy(mantissas1 + offset, from + bytes, bytes);
  memory.copy(exponents2 + offset, from + 2 * bytes, bytes);
  memory.copy(exponents1 + offset, from + 3 * bytes, bytes);
}

/** Computes diagonals begin..end - 1, begin even; with `keep`, also the weights of up and left in each cell; diagonal has the rest. */
// @ts-ignore: decorator
@inline
export function sweepSoft<M>(begin: i32, end: i32, keep: bool): void {
  const recurrence = changetype<M>(0);
  let m2 = mantissas2;
  let m1 = mantissas1;
  let m0 = mantissas0;
  let e2 = exponents2;
  let e1 = exponents1;
  let e0 = exponents0;
  let w = weights;
  const toPower = f64x2.splat(scale);
  for (let k = begin; k < end; k++) {
    const first = firstRow(k);
    const last = finalRow(k);
    if (!(k & 1)) prepare<M>(k, first, finalRow(k + 1));
    const start: usize = <usize>first << 3;
    const stop: usize = <usize>(last + 1) << 3;
    const yHere = yAt(k);
    const cHere = k & 1 ? costs + costStride : costs;
    // Weights by i - j.
    const tHere = k & 1 ? oddTable - (<usize>((k >> 1) + 1) << 3) : evenTable - (<usize>(k >> 1) << 3);
    // Four rows per iteration, so that the constants of two exponentials are loaded once. Rows past the last are computed from whatever happens to be
    // there: the first of them is corrected below, and the others reach no cell inside.
    for (let o = start, at = w; o < stop; o += 32, at += 64) {
      const x = seriesX + o;
      const y = yHere + o;
      const c = cHere + o;
      const t = tHere + o;
      const x0 = recurrence.load(x);
      const x1 = recurrence.load(x + 16);

      const own0 = ownPower<M>(x0, x, y, c, t, toPower);
      const ownWhole0 = f64x2.nearest(own0);
      const factor0 = factorOf<M>(ownWhole0, own0);
      const eUp0 = upExponent<M>(v128.load(e1 + o), x0, x, y, ownWhole0);
      const eLeft0 = leftExponent<M>(v128.load(e1 + o, 8), x0, x, y, ownWhole0);
      const eDiagonal0 = diagonalExponent<M>(v128.load(e2 + o), ownWhole0);
      const least0 = least(least(eUp0, eLeft0), eDiagonal0);
      const up0 = shifted(upMantissa<M>(v128.load(m1 + o), x0, x, y, factor0), f64x2.sub(least0, eUp0));
      const left0 = shifted(leftMantissa<M>(v128.load(m1 + o, 8), x0, x, y, factor0), f64x2.sub(least0, eLeft0));
      const diagonal0 = shifted(diagonalMantissa<M>(v128.load(m2 + o), factor0), f64x2.sub(least0, eDiagonal0));
      const sum0 = together<M>(up0, left0, diagonal0);
      if (keep) {
        const share = f64x2.div(f64x2.splat(1), sum0);
        v128.store(at, f64x2.mul(warped<M>(up0), share));
        v128.store(at, f64x2.mul(warped<M>(left0), share), 16);
      }

      const own1 = ownPower<M>(x1, x + 16, y + 16, c + 16, t + 16, toPower);
      const ownWhole1 = f64x2.nearest(own1);
      const factor1 = factorOf<M>(ownWhole1, own1);
      const eUp1 = upExponent<M>(v128.load(e1 + o, 16), x1, x + 16, y + 16, ownWhole1);
      const eLeft1 = leftExponent<M>(v128.load(e1 + o, 24), x1, x + 16, y + 16, ownWhole1);
      const eDiagonal1 = diagonalExponent<M>(v128.load(e2 + o, 16), ownWhole1);
      const least1 = least(least(eUp1, eLeft1), eDiagonal1);
      const up1 = shifted(upMantissa<M>(v128.load(m1 + o, 16), x1, x + 16, y + 16, factor1), f64x2.sub(least1, eUp1));
      const left1 = shifted(leftMantissa<M>(v128.load(m1 + o, 24), x1, x + 16, y + 16, factor1), f64x2.sub(least1, eLeft1));
      const diagonal1 = shifted(diagonalMantissa<M>(v128.load(m2 + o, 16), factor1), f64x2.sub(least1, eDiagonal1));
      const sum1 = together<M>(up1, left1, diagonal1);
      if (keep) {
        const share = f64x2.div(f64x2.splat(1), sum1);
        v128.store(at, f64x2.mul(warped<M>(up1), share), 32);
        v128.store(at, f64x2.mul(warped<M>(left1), share), 48);
      }

      // @ts-ignore: only some have it
      if (isDefined(recurrence.pay)) {
        // Not fused: the difference of a power and its nearest integer is exact, and 0 from 2^52 on.
        const power0 = f64x2.mul(paid<M>(zero(), x0, x, y, c, t), toPower);
        const power1 = f64x2.mul(paid<M>(zero(), x1, x + 16, y + 16, c + 16, t + 16), toPower);
        const whole0 = f64x2.nearest(power0);
        const whole1 = f64x2.nearest(power1);
        v128.store(e0 + o, f64x2.add(least0, whole0), 8);
        v128.store(e0 + o, f64x2.add(least1, whole1), 24);
        // @ts-ignore: only some have it
        storeProducts(m0 + o + 8, sum0, sum1, power0, power1, whole0, whole1, isDefined(recurrence.isKernel));
      } else {
        v128.store(e0 + o, least0, 8);
        v128.store(e0 + o, least1, 24);
        v128.store(m0 + o, sum0, 8);
        v128.store(m0 + o, sum1, 24);
      }
    }
    if (keep) w += <usize>((last - first + 2) >> 1) << 5;
    // Rows first - 1 and last + 1.
    storeOutside<M>(m0 + start, e0 + start, first == 0, topBorder + (<usize>(k + 1) << 3));
    storeOutside<M>(m0 + stop + 8, e0 + stop + 8, last == k, leftBorder + (<usize>(k + 1) << 3));
    const doneM = m2;
    const doneE = e2;
    m2 = m1;
    m1 = m0;
    m0 = doneM;
    e2 = e1;
    e1 = e0;
    e0 = doneE;
    if ((k & (RENORMALISE_EVERY - 1)) == RENORMALISE_EVERY - 1) {
      renormalise(m2 + start, e2 + start, last - first + 3);
      renormalise(m1 + start, e1 + start, last - first + 3);
    }
  }
  mantissas2 = m2;
  mantissas1 = m1;
  mantissas0 = m0;
  exponents2 = e2;
  exponents1 = e1;
  exponents0 = e0;
  weights = w;
}
