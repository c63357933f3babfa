import { fillSplits, toSplits } from './split-costs';
import { HALF, least, minus, most, plus, THRESHOLD, zero } from './lanes';

// The recurrences: classes as recurrence.ts describes them.

/** A constant of a recurrence, in both lanes. */
export const PENALTY: usize = memory.data(16, 16);

export function setConstants(penalty: f64, threshold: f64): void {
  v128.store(PENALTY, f64x2.splat(penalty));
  v128.store(THRESHOLD, f64x2.splat(threshold));
}

/** The cost of a move that depends on one step only: for x at `xCosts` bytes from the series itself, likewise for y. */
export let xCosts: usize = 0;
export let yCosts: usize = 0;

export function setStepCosts(fromX: usize, fromY: usize): void {
  xCosts = fromX;
  yCosts = fromY;
}

/** The same for a second cost of each step. */
export let xBack: usize = 0;
export let yBack: usize = 0;

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
  @inline firstOfRow(x: usize): v128 { return zero(); }
  @inline secondOfRow(x: usize): v128 { return zero(); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return this.fromLeast(least(least(fromDiagonal, fromUp), fromLeft), step, a, b, magnitude, one, penalty, y, c, t, o);
  }
  @inline fromLeast(r: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return changetype<L>(0).addInRow(r, step, a, b, one, y, c, o);
  }
}

/** The same in a batch, whatever it is that the local cost keeps of a row. */
@final @unmanaged
export class DtwInRow<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline firstOfRow(x: usize): v128 { return changetype<L>(0).second(x); }
  @inline secondOfRow(x: usize): v128 { return changetype<L>(0).third(x); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return changetype<L>(0).addInRow(least(least(fromDiagonal, fromUp), fromLeft), step, a, b, one, y, c, o);
  }
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
  @inline firstOfRow(x: usize): v128 { return zero(); }
  @inline secondOfRow(x: usize): v128 { return zero(); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    const best = least(least(fromDiagonal, plus(fromUp, penalty, one)), f64x2.add(fromLeft, penalty));
    return changetype<L>(0).addInRow(best, step, a, b, one, y, c, o);
  }
}

/** Weighted dtw: the cost times a weight by i - j. */
@final @unmanaged
export class Wdtw<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return f64x2.relaxed_madd(changetype<L>(0).of(step, y, c), v128.load(t), r);
  }
  @inline firstOfRow(x: usize): v128 { return zero(); }
  @inline secondOfRow(x: usize): v128 { return zero(); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return this.fromLeast(least(least(fromDiagonal, fromUp), fromLeft), step, a, b, magnitude, one, penalty, y, c, t, o);
  }
  @inline fromLeast(r: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return f64x2.relaxed_madd(changetype<L>(0).inRow(step, magnitude, one, y, c, o), v128.load(t + o), r);
  }
}

/** Discrete Fréchet: the largest cost on the way. */
@final @unmanaged
export class Frechet<L> {
  @inline get ownFence(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline pay(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return most(changetype<L>(0).of(step, y, c), r); }
  @inline firstOfRow(x: usize): v128 { return zero(); }
  @inline secondOfRow(x: usize): v128 { return zero(); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    return most(changetype<L>(0).inRow(step, magnitude, one, y, c, o), least(least(fromDiagonal, fromUp), fromLeft));
  }
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
  @inline firstOfRow(x: usize): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline secondOfRow(x: usize): v128 { return zero(); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    const local = changetype<L>(0);
    const diagonal = plus(fromDiagonal, local.inRow(step, magnitude, one, y, c, o), one);
    return least(least(diagonal, f64x2.add(fromUp, a)), f64x2.add(fromLeft, local.beside(y, yCosts, o)));
  }
}

/** Edit distance on real sequences: 0 for steps no farther apart than THRESHOLD, else PENALTY (1), as for a skipped step. */
@final @unmanaged
export class Edr<L> {
  @inline get bordered(): bool { return true; }
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const far = f64x2.gt(changetype<L>(0).of(step, y, c), v128.load(THRESHOLD));
    return f64x2.add(r, v128.and(far, v128.load(PENALTY)));
  }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(PENALTY)); }
  /** The three moves at once: R are whole numbers, so one sum does for two moves. */
  @inline all(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const penalty = v128.load(PENALTY);
    const far = f64x2.gt(changetype<L>(0).of(step, y, c), v128.load(THRESHOLD));
    return least(f64x2.add(fromDiagonal, v128.and(far, penalty)), f64x2.add(least(fromUp, fromLeft), penalty));
  }
}

/**
 * Move-split-merge for d = 1. The distance of a step from the interval between two others is half of what its distances from them exceed theirs by: for up it is
 * (|x_i - x_{i-1}| + |x_i - y_j| - |x_{i-1} - y_j|) / 2. So S = R - |x_i - y_j| / 2 pays for up and left what depends on one series only: the penalty and half the distance of a
 * step from the one before it. A diagonal move pays half of both its distances. Nothing is ever subtracted, so nothing cancels.
 */
@final @unmanaged
export class Split<P> {
  @inline load(x: usize): v128 { return changetype<P>(0).x(x); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const lanes = changetype<P>(0);
    const half = v128.load(HALF);
    const before = f64x2.abs(f64x2.sub(lanes.x(x + lanes.xBefore), v128.load(y + lanes.yBefore)));
    return f64x2.relaxed_madd(f64x2.abs(f64x2.sub(step, v128.load(y))), half, f64x2.relaxed_madd(before, half, r));
  }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, changetype<P>(0).x(x + xCosts)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(y + yCosts)); }
}

/**
 * The same for paths, where ties are decided as in the loops that define them, to the last bit: splitting or merging costs PENALTY plus the distance of a step from the interval between its two neighbours, one in its own series, the
 * other one in the other. Of the three, it is the distance from the middle one: x - y as far as it points to the neighbour in one series, and no more than the
 * distance from there. The direction, 1 or -1, and PENALTY plus the distance come from tables.
 */
@final @unmanaged
export class Msm<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return changetype<L>(0).add(r, step, y, c); }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return f64x2.add(r, split(f64x2.sub(step, v128.load(y)), changetype<L>(0).alone(x + xCosts), changetype<L>(0).alone(x + xBack), v128.load(PENALTY)));
  }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return f64x2.add(r, split(f64x2.sub(step, v128.load(y)), v128.load(y + yCosts), v128.load(y + yBack), v128.load(PENALTY)));
  }
  /** The three moves at once, which share the difference. */
  @inline all(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    const difference = f64x2.sub(step, v128.load(y));
    const penalty = v128.load(PENALTY);
    const up = f64x2.add(fromUp, split(difference, changetype<L>(0).alone(x + xCosts), changetype<L>(0).alone(x + xBack), penalty));
    const left = f64x2.add(fromLeft, split(difference, v128.load(y + yCosts), v128.load(y + yBack), penalty));
    return least(least(f64x2.add(fromDiagonal, f64x2.abs(difference)), up), left);
  }
}

/** The same with dependent channels, whose costs are all in buffers (split-costs.ts). `P` says how the lanes lie. */
@final @unmanaged
export class DependentMsm<P> {
  @inline load(x: usize): v128 { return zero(); }
  @inline prepare(k: i32, first: i32, last: i32): void { fillSplits<P>(k, first, last); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(c)); }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(c + toSplits())); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(c + 2 * toSplits())); }
}

/** `penalty` plus x in a direction, no less and no more than `farthest`. */
// @ts-ignore: decorator
@inline
function split(x: v128, direction: v128, farthest: v128, penalty: v128): v128 {
  return least(most(f64x2.relaxed_madd(x, direction, penalty), penalty), farthest);
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
  @inline firstOfRow(x: usize): v128 { return changetype<L>(0).alone(x + xCosts); }
  @inline secondOfRow(x: usize): v128 { return changetype<L>(0).load(x + changetype<L>(0).xBefore); }
  @inline inRow(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, y: usize, c: usize, t: usize, o: usize): v128 {
    const here = v128.and(minus(step, v128.load(y + o), one), magnitude);
    const before = v128.and(minus(b, v128.load(y + (o - 128)), one), magnitude);
    const diagonal = plus(plus(plus(fromDiagonal, here, one), before, one), v128.load(t + o), one);
    return least(least(diagonal, f64x2.add(fromUp, a)), f64x2.add(fromLeft, v128.load(y + (o + 64))));
  }
}

/** The same for d > 1: the buffer has the costs of both pairs of steps. */
@final @unmanaged
export class TweAny<L> {
  @inline load(x: usize): v128 { return changetype<L>(0).load(x); }
  @inline prepare(k: i32, first: i32, last: i32): void { changetype<L>(0).prepare(k, first, last); }
  @inline diagonal(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
    return f64x2.add(changetype<L>(0).add(r, step, y, c), v128.load(t));
  }
  @inline up(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, changetype<L>(0).alone(x + xCosts)); }
  @inline left(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 { return f64x2.add(r, v128.load(y + yCosts)); }
}
