import { least, most, THRESHOLD } from './lanes';

// The recurrences: classes as recurrence.ts describes them.

/** A constant of a recurrence, in both lanes. */
export const PENALTY: usize = memory.data(16, 16);

export function setConstants(penalty: f64, threshold: f64): void {
  v128.store(PENALTY, f64x2.splat(penalty));
  v128.store(THRESHOLD, f64x2.splat(threshold));
}

/** The cost of a move that depends on one step only: for x at `xCosts` bytes from the series itself, likewise for y. */
let xCosts: usize = 0;
let yCosts: usize = 0;

export function setStepCosts(fromX: usize, fromY: usize): void {
  xCosts = fromX;
  yCosts = fromY;
}

/** The same for a second cost of each step. */
let xBack: usize = 0;
let yBack: usize = 0;

/** How far the costs of a step of the second series are from it. */
// @ts-ignore: decorator
@inline
export function toYCosts(): usize {
  return yCosts;
}
// @ts-ignore: decorator
@inline
export function toYBack(): usize {
  return yBack;
}

export function setStepCostsBack(fromX: usize, fromY: usize): void {
  xBack = fromX;
  yBack = fromY;
}

/** Dynamic time warping: cost(i, j), whatever the move. */
@final @unmanaged
export class Dtw<L> {
  @inline get ownFence(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
}

/** The global alignment kernel, only with a soft minimum: g / (2 - g) for g = exp(-cost). */
@final @unmanaged
export class Gak<L> {
  @inline get ownFence(): bool { return true; }
  @inline get isKernel(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
}

/** Amerced dtw: a move that warps costs PENALTY more. */
@final @unmanaged
export class Adtw<L> {
  @inline get ownFence(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
}

/** Weighted dtw: the cost times a weight by i - j. */
@final @unmanaged
export class Wdtw<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return f64x2.relaxed_madd(changetype<L>(0).of(step, y, c), v128.load(t), r);
  }
}

/** Discrete Fréchet: the largest cost on the way. */
@final @unmanaged
export class Frechet<L> {
  @inline get ownFence(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return most(changetype<L>(0).of(step, y, c), r); }
}

/** Edit distance with real penalty: a skipped step costs its distance to the gap value. */
@final @unmanaged
export class Erp<L> {
  @inline get bordered(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, changetype<L>(0).alone(x + xCosts)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(y + yCosts)); }
}

/** Edit distance on real sequences: 0 for steps no farther apart than THRESHOLD, else PENALTY (1), as for a skipped step. */
@final @unmanaged
export class Edr<L> {
  @inline get keepsTable(): bool { return true; }
  @inline get bordered(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const far = f64x2.gt(changetype<L>(0).of(step, y, c), changetype<L>(0).threshold(t));
    return f64x2.add(r, v128.and(far, v128.load(PENALTY)));
  }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  /** The three moves at once: R are whole numbers, so one sum does for two moves. */
  @inline all(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const penalty = v128.load(PENALTY);
    const far = f64x2.gt(changetype<L>(0).of(step, y, c), changetype<L>(0).threshold(t));
    return least(f64x2.add(fromDiagonal, v128.and(far, penalty)), f64x2.add(least(fromUp, fromLeft), penalty));
  }
}

/**
 * Move-split-merge for d = 1: splitting or merging costs PENALTY plus the distance of a step from the interval between its two neighbours, one in its own series, the
 * other one in the other. Of the three, it is the distance from the middle one: |x - y| as far as it lies between 0 and the difference of the
 * neighbours in one series, whose lower and upper end come from tables.
 */
@final @unmanaged
export class Msm<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const beyond = within(f64x2.sub(step, v128.load(y)), this.aloneInRow(x), this.backInRow(x));
    return f64x2.add(f64x2.add(r, beyond), v128.load(PENALTY));
  }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const beyond = within(f64x2.sub(step, v128.load(y)), v128.load(y + yCosts), v128.load(y + yBack));
    return f64x2.add(f64x2.add(r, beyond), v128.load(PENALTY));
  }
  /** The three moves at once, which share the difference and the penalty. */
  @inline all(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return this.inRow(fromDiagonal, fromUp, fromLeft, step, this.aloneInRow(x), this.backInRow(x), y, y + yCosts, y + yBack);
  }
  @inline aloneInRow(x: usize): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline backInRow(x: usize): v128 { return changetype<L>(0).alone(x + xBack); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, alone: v128, back: v128, y: usize, yAlone: usize, yBack: usize): v128 {
    const difference = f64x2.sub(step, v128.load(y));
    const up = f64x2.add(fromUp, within(difference, alone, back));
    const left = f64x2.add(fromLeft, within(difference, v128.load(yAlone), v128.load(yBack)));
    return least(f64x2.add(fromDiagonal, f64x2.abs(difference)), f64x2.add(least(up, left), v128.load(PENALTY)));
  }
}

/** |x| as far as x is between two numbers. */
// @ts-ignore: decorator
@inline
function within(x: v128, lower: v128, upper: v128): v128 {
  return f64x2.abs(least(most(x, lower), upper));
}

/** Time warp edit for d = 1: matching costs both pairs of steps, and by i - j; the cost of deleting depends on one series only. */
@final @unmanaged
export class Twe<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const local = changetype<L>(0);
    return f64x2.add(local.add(local.add(r, step, y, c), local.load(x + local.xBefore), y + local.yBefore, c), v128.load(t));
  }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, changetype<L>(0).alone(x + xCosts)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(y + yCosts)); }
}
