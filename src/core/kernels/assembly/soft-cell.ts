import { exp2 } from './exp2';
import { zero } from './lanes';
import { WARP_FACTOR, WARP_WHOLE } from './soft-moves';

// The parts of a cell of a soft minimum, for two lanes: what the wavefront and the batch share, so that both have the same values, bit by bit. Recurrences
// are as in recurrence.ts and soft-moves.ts.

/** The power of two of the diagonal move's own cost. */
// @ts-ignore: decorator
@inline
export function ownPower<M>(step: v128, x: usize, y: usize, c: usize, t: usize, toPower: v128): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.diagonal)) return f64x2.mul(recurrence.diagonal(step, x, y, c, t), toPower);
  return zero();
}

/** Its factor, without the power's nearest integer `whole`. */
// @ts-ignore: decorator
@inline
export function factorOf<M>(whole: v128, power: v128): v128 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).diagonal)) return exp2(f64x2.sub(whole, power));
  return whole;
}

/** The exponent after a move; `whole` is that of the diagonal move's own cost. */
// @ts-ignore: decorator
@inline
export function upExponent<M>(exponent: v128, step: v128, x: usize, y: usize, whole: v128): v128 {
  const recurrence = changetype<M>(0);
  let after = exponent;
  // @ts-ignore: only some have it
  if (isDefined(recurrence.upWhole)) after = f64x2.add(after, recurrence.upWhole(step, x, y, whole));
  // @ts-ignore: only some have it
  if (isDefined(recurrence.amerced)) after = f64x2.add(after, v128.load(WARP_WHOLE));
  return after;
}
// @ts-ignore: decorator
@inline
export function leftExponent<M>(exponent: v128, step: v128, x: usize, y: usize, whole: v128): v128 {
  const recurrence = changetype<M>(0);
  let after = exponent;
  // @ts-ignore: only some have it
  if (isDefined(recurrence.leftWhole)) after = f64x2.add(after, recurrence.leftWhole(step, x, y, whole));
  // @ts-ignore: only some have it
  if (isDefined(recurrence.amerced)) after = f64x2.add(after, v128.load(WARP_WHOLE));
  return after;
}
// @ts-ignore: decorator
@inline
export function diagonalExponent<M>(exponent: v128, whole: v128): v128 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).diagonal)) return f64x2.add(exponent, whole);
  return exponent;
}

/** The mantissa after a move, but for WARP_FACTOR; `factor` is that of the diagonal move's own cost. */
// @ts-ignore: decorator
@inline
export function upMantissa<M>(mantissa: v128, step: v128, x: usize, y: usize, factor: v128): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.upFactor)) return f64x2.mul(mantissa, recurrence.upFactor(step, x, y, factor));
  return mantissa;
}
// @ts-ignore: decorator
@inline
export function leftMantissa<M>(mantissa: v128, step: v128, x: usize, y: usize, factor: v128): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.leftFactor)) return f64x2.mul(mantissa, recurrence.leftFactor(step, x, y, factor));
  return mantissa;
}
// @ts-ignore: decorator
@inline
export function diagonalMantissa<M>(mantissa: v128, factor: v128): v128 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).diagonal)) return f64x2.mul(mantissa, factor);
  return mantissa;
}

/** What a move that warps has, WARP_FACTOR included. */
// @ts-ignore: decorator
@inline
export function warped<M>(mantissa: v128): v128 {
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).amerced)) return f64x2.mul(mantissa, v128.load(WARP_FACTOR));
  return mantissa;
}

/** The sum over the moves. */
// @ts-ignore: decorator
@inline
export function together<M>(up: v128, left: v128, diagonal: v128): v128 {
  return f64x2.add(warped<M>(f64x2.add(up, left)), diagonal);
}
