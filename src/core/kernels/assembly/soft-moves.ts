import { least, most, zero } from './lanes';
import { xBack, xCosts, yBack, yCosts } from './moves';

// The recurrences that only a soft minimum needs classes of their own for: costs become powers of two, 2^-power = factor * 2^-whole with a whole number
// and a factor near 1. What a step costs by itself has both in tables, next to each step, so that a cell takes a single exponential:
//   `diagonal`: the cost of the diagonal move, if it has one of its own
//   `upWhole`, `upFactor`, `leftWhole`, `leftFactor`: what the other moves cost; `whole` and `factor` are those of the diagonal
//   `amerced`: both of these moves cost WARP_WHOLE and WARP_FACTOR more

/** A constant that every move that warps costs, in both lanes. */
export const WARP_FACTOR: usize = memory.data(16, 16);
export const WARP_WHOLE: usize = memory.data(16, 16);

export function setWarp(factor: f64, whole: f64): void {
  v128.store(WARP_FACTOR, f64x2.splat(factor));
  v128.store(WARP_WHOLE, f64x2.splat(whole));
}

/** How far a step's difference from the one before is from the step, for both series. */
export let xBetween: usize = 0;
export let yBetween: usize = 0;

export function setBetween(fromX: usize, fromY: usize): void {
  xBetween = fromX;
  yBetween = fromY;
}

/** Amerced dtw. */
@final @unmanaged
export class SoftAdtw<L> {
  @inline get amerced(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
}

/** Edit distance with real penalty. */
@final @unmanaged
export class SoftErp<L> {
  @inline get bordered(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).of(step, y, c); }
  @inline upWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return changetype<L>(0).alone(x + xBack); }
  @inline upFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline leftWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return v128.load(y + yBack); }
  @inline leftFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return v128.load(y + yCosts); }
}

/** Time warp edit for d = 1. */
@final @unmanaged
export class SoftTwe<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline diagonal(step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const local = changetype<L>(0);
    return f64x2.add(local.add(local.of(step, y, c), local.load(x + local.xBefore), y + local.yBefore, c), v128.load(t));
  }
  @inline upWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return changetype<L>(0).alone(x + xBack); }
  @inline upFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline leftWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return v128.load(y + yBack); }
  @inline leftFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return v128.load(y + yCosts); }
}

/** The same for any d: the local cost is that of a match and of the steps before. */
@final @unmanaged
export class SoftTweAny<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(changetype<L>(0).of(step, y, c), v128.load(t)); }
  @inline upWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return changetype<L>(0).alone(x + xBack); }
  @inline upFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline leftWhole(step: v128, x: usize, y: usize, whole: v128): v128 { return v128.load(y + yBack); }
  @inline leftFactor(step: v128, x: usize, y: usize, factor: v128): v128 { return v128.load(y + yCosts); }
}

/**
 * Move-split-merge for d = 1. What a split or a merge costs beside the constant is |x - y|, as far as it lies between 0 and the difference of two neighbours
 * in one series: 0, the cost of the diagonal move, or that difference, whose powers are in tables.
 */
@final @unmanaged
export class SoftMsm<L> {
  @inline get amerced(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline diagonal(step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).of(step, y, c); }
  @inline upWhole(step: v128, x: usize, y: usize, whole: v128): v128 {
    return oneOf(f64x2.sub(step, v128.load(y)), changetype<L>(0).alone(x + xBetween), zero(), whole, changetype<L>(0).alone(x + xBack));
  }
  @inline upFactor(step: v128, x: usize, y: usize, factor: v128): v128 {
    const one = f64x2.splat(1);
    return oneOf(f64x2.sub(step, v128.load(y)), changetype<L>(0).alone(x + xBetween), one, factor, changetype<L>(0).alone(x + xCosts));
  }
  @inline leftWhole(step: v128, x: usize, y: usize, whole: v128): v128 {
    return oneOf(f64x2.sub(step, v128.load(y)), v128.load(y + yBetween), zero(), whole, v128.load(y + yBack));
  }
  @inline leftFactor(step: v128, x: usize, y: usize, factor: v128): v128 {
    return oneOf(f64x2.sub(step, v128.load(y)), v128.load(y + yBetween), f64x2.splat(1), factor, v128.load(y + yCosts));
  }
}

/** `atNone` where `difference` is on the other side of 0 than `between`, `atDifference` where it is nearer to 0, otherwise `atBetween`. */
// @ts-ignore: decorator
@inline
function oneOf(difference: v128, between: v128, atNone: v128, atDifference: v128, atBetween: v128): v128 {
  const near = held(difference, between);
  return v128.bitselect(atBetween, v128.bitselect(atDifference, atNone, f64x2.eq(near, difference)), f64x2.eq(near, between));
}

/** A difference as far as it lies between 0 and another. */
// @ts-ignore: decorator
@inline
export function held(difference: v128, between: v128): v128 {
  return least(most(difference, least(between, zero())), most(between, zero()));
}
