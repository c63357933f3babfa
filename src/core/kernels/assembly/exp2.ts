// Numbers as mantissa * 2^exponent, with the exponent an integer in a float64 of its own: no product of exponentials overflows or underflows.

/** Interpolates 2^y at the Chebyshev nodes of [-1/2, 1/2], degree 10: relative error 3e-16, and exactly 1 at 0. */
const COEFFICIENTS: usize = memory.data<f64>([
  7.072585949269223e-9, 7.072585949269223e-9,
  1.0208690299958306e-7, 1.0208690299958306e-7,
  1.321544258792169e-6, 1.321544258792169e-6,
  1.5252657260200837e-5, 1.5252657260200837e-5,
  1.540353044173605e-4, 1.540353044173605e-4,
  1.3333558230164974e-3, 1.3333558230164974e-3,
  9.618129107606888e-3, 9.618129107606888e-3,
  5.550410866444772e-2, 5.550410866444772e-2,
  2.4022650695910097e-1, 2.4022650695910097e-1,
  6.9314718055995e-1, 6.9314718055995e-1,
  1, 1,
], 16);

/** 2^y for |y| <= 1/2. The coefficients are loaded where they are used: as constants, each would cost four instructions. */
// @ts-ignore: decorator
@inline
export function exp2(y: v128): v128 {
  let p = f64x2.relaxed_madd(v128.load(COEFFICIENTS), y, v128.load(COEFFICIENTS, 16));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 32));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 48));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 64));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 80));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 96));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 112));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 128));
  p = f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 144));
  return f64x2.relaxed_madd(p, y, v128.load(COEFFICIENTS, 160));
}

/** Terms this much smaller than the largest are negligible, and far from the subnormal numbers, which are slow. */
const SMALLEST: usize = memory.data<f64>([-500, -500], 16);
/** 1.5 * 2^52: an integer added to it appears in the low bits. */
const INTEGER: usize = memory.data<f64>([6755399441055744, 6755399441055744], 16);

/**
 * mantissa * 2^shift for integers shift <= 0, and mantissa * 2^-500 below -500 or where shift is NaN (Infinity - Infinity:
 * nothing reaches this cell). The mantissa must be above 2^-500: the shift is added to its exponent bits.
 */
// @ts-ignore: decorator
@inline
export function shifted(mantissa: v128, shift: v128): v128 {
  const integer = f64x2.add(f64x2.pmax(v128.load(SMALLEST), shift), v128.load(INTEGER));
  return i64x2.add(mantissa, i64x2.shl(integer, 52));
}

/** Moves the powers of two of `count` mantissas, at `mantissas`, into their exponents, at `exponents`. */
export function renormalise(mantissas: usize, exponents: usize, count: i32): void {
  for (let o: usize = 0, end: usize = <usize>count << 3; o < end; o += 16) {
    const mantissa = v128.load(mantissas + o);
    // The biased exponent as a float64: it is put into the mantissa of 2^52, and 2^52 and the bias are subtracted.
    const biased = v128.or(i64x2.shr_u(mantissa, 52), i64x2.splat(0x4330000000000000));
    const power = f64x2.sub(biased, f64x2.splat(4503599627370496.0 + 1023.0));
    v128.store(exponents + o, f64x2.sub(v128.load(exponents + o), power));
    const one = v128.or(v128.and(mantissa, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000));
    v128.store(mantissas + o, one);
  }
}

/**
 * Stores sum * 2^-power, without the power's nearest integer `whole`, of two vectors at `to` and behind it. For the global alignment kernel, what a cell multiplies
 * by is g / (2 - g), not g = 2^-power itself.
 */
// @ts-ignore: decorator
@inline
export function storeProducts(to: usize, sum0: v128, sum1: v128, power0: v128, power1: v128, whole0: v128, whole1: v128, isKernel: bool): void {
  let p0 = exp2(f64x2.sub(whole0, power0));
  let p1 = exp2(f64x2.sub(whole1, power1));
  if (isKernel) {
    p0 = f64x2.div(p0, f64x2.sub(f64x2.splat(2), shifted(p0, f64x2.neg(whole0))));
    p1 = f64x2.div(p1, f64x2.sub(f64x2.splat(2), shifted(p1, f64x2.neg(whole1))));
  }
  v128.store(to, f64x2.mul(sum0, p0));
  v128.store(to, f64x2.mul(sum1, p1), 16);
}

/** Powers from here on are treated alike: 2^-power is negligible. */
const LARGEST: usize = memory.data<f64>([1000, 1000], 16);

/** 2^-power for power >= 0; above 1000 it is 2^-1000. */
// @ts-ignore: decorator
@inline
export function twoToMinus(power: v128): v128 {
  const limited = f64x2.pmin(v128.load(LARGEST), power);
  // The nearest integer is in the low bits.
  const bits = f64x2.add(limited, v128.load(INTEGER));
  const rest = exp2(f64x2.sub(f64x2.sub(bits, v128.load(INTEGER)), limited));
  return i64x2.sub(rest, i64x2.shl(bits, 52));
}
