import { candidates, stepOfRow, stride, values } from './batch';
import { minus, most, zero } from './lanes';
import { d, x as seriesX, xStride, yAt, yStride } from './table';

// A local cost is a class whose methods are inlined into the sweeps: there is no object and no call. `add` adds the cost of two cells to `to`, `of` is that cost; `step` is
// what `load` loaded for their rows, `y` points at the steps of their columns, `c` at their place in the buffer of costs that `prepare` has filled,
// if there is one. `alone` loads a cost that belongs to the rows' steps alone. `P` says how the lanes lie (lanes.ts).

/** (x - y)^2 */
@final @unmanaged
export class SquaredEuclidean<P> {
  @inline get xBefore(): isize { return changetype<P>(0).xBefore; }
  @inline get yBefore(): isize { return changetype<P>(0).yBefore; }
  @inline load(x: usize): v128 {
    return changetype<P>(0).x(x);
  }
  @inline alone(x: usize): v128 {
    return changetype<P>(0).x(x);
  }
  @inline add(to: v128, step: v128, y: usize, c: usize): v128 {
    const difference = f64x2.sub(step, v128.load(y));
    return f64x2.relaxed_madd(difference, difference, to);
  }
  @inline of(step: v128, y: usize, c: usize): v128 {
    const difference = f64x2.sub(step, v128.load(y));
    return f64x2.mul(difference, difference);
  }
  @inline inRow(step: v128, magnitude: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    const difference = minus(step, v128.load(y + o), one);
    return f64x2.mul(difference, difference);
  }
  @inline addInRow(to: v128, step: v128, a: v128, b: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    const difference = minus(step, v128.load(y + o), one);
    return f64x2.relaxed_madd(difference, difference, to);
  }
  @inline prepare(k: i32, first: i32, last: i32): void {}
}

/** The sum over two channels of (x - y)^2, without a buffer: only in a batch. */
@final @unmanaged
export class TwoSquares<P> {
  @inline load(x: usize): v128 { return changetype<P>(0).x(x); }
  @inline second(x: usize): v128 { return changetype<P>(0).x(x + changetype<P>(0).width); }
  @inline third(x: usize): v128 { return zero(); }
  @inline addInRow(to: v128, step: v128, a: v128, b: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    return f64x2.add(to, squares(minus(step, v128.load(y + o), one), minus(a, v128.load(y + (o + 64)), one)));
  }
}

/** The same over three channels. */
@final @unmanaged
export class ThreeSquares<P> {
  @inline load(x: usize): v128 { return changetype<P>(0).x(x); }
  @inline second(x: usize): v128 { return changetype<P>(0).x(x + changetype<P>(0).width); }
  @inline third(x: usize): v128 { return changetype<P>(0).x(x + 2 * changetype<P>(0).width); }
  @inline addInRow(to: v128, step: v128, a: v128, b: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    const third = minus(b, v128.load(y + (o + 128)), one);
    const two = squares(minus(step, v128.load(y + o), one), minus(a, v128.load(y + (o + 64)), one));
    return f64x2.add(to, f64x2.relaxed_madd(third, third, two));
  }
}

// @ts-ignore: decorator
@inline
function squares(a: v128, b: v128): v128 {
  return f64x2.relaxed_madd(b, b, f64x2.mul(a, a));
}

/** |x - y| */
@final @unmanaged
export class Absolute<P> {
  @inline get xBefore(): isize { return changetype<P>(0).xBefore; }
  @inline get yBefore(): isize { return changetype<P>(0).yBefore; }
  @inline load(x: usize): v128 {
    return changetype<P>(0).x(x);
  }
  @inline alone(x: usize): v128 {
    return changetype<P>(0).x(x);
  }
  @inline add(to: v128, step: v128, y: usize, c: usize): v128 {
    return f64x2.add(to, f64x2.abs(f64x2.sub(step, v128.load(y))));
  }
  @inline of(step: v128, y: usize, c: usize): v128 {
    return f64x2.abs(f64x2.sub(step, v128.load(y)));
  }
  @inline inRow(step: v128, magnitude: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    return v128.and(minus(step, v128.load(y + o), one), magnitude);
  }
  @inline beside(y: usize, offset: usize, o: usize): v128 {
    return v128.load(y + (o + 64));
  }
  @inline prepare(k: i32, first: i32, last: i32): void {}
}

/** Costs of diagonals k and k + 1 for even k, row i at costs + 8 i and costs + costStride + 8 i. */
export let costs: usize = 0;
export let costStride: usize = 0;

export function keepCosts(at: usize, stride: usize): void {
  costs = at;
  costStride = stride;
}

/** A cost of several channels, `S`, computed ahead of the sweep into the buffer. */
@final @unmanaged
export class Buffered<S, P> {
  @inline get xBefore(): isize { return changetype<P>(0).xBefore; }
  @inline get yBefore(): isize { return changetype<P>(0).yBefore; }
  @inline load(x: usize): v128 {
    return zero();
  }
  @inline alone(x: usize): v128 {
    return changetype<P>(0).x(x);
  }
  @inline add(to: v128, step: v128, y: usize, c: usize): v128 {
    return f64x2.add(to, v128.load(c));
  }
  @inline of(step: v128, y: usize, c: usize): v128 {
    return v128.load(c);
  }
  @inline inRow(step: v128, magnitude: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    return v128.load(c + o);
  }
  @inline addInRow(to: v128, step: v128, a: v128, b: v128, one: v128, y: usize, c: usize, o: usize): v128 {
    return f64x2.add(to, v128.load(c + o));
  }
  @inline beside(y: usize, offset: usize, o: usize): v128 {
    return v128.load(y + offset + o);
  }
  @inline prepare(k: i32, first: i32, last: i32): void {
    // @ts-ignore: only some have it
    if (isDefined(changetype<S>(0).chosen)) prepareChosen<P>(k, first, last);
    else prepareAs<S, P>(k, first, last);
  }
}

// @ts-ignore: decorator
@inline
function prepareAs<S, P>(k: i32, first: i32, last: i32): void {
  // @ts-ignore: only some have it
  if (isDefined(changetype<P>(0).wavefront)) {
    fill<S>(k, first, last, false);
    // @ts-ignore: only some have it
    if (isDefined(changetype<S>(0).withBefore)) fill<S>(k, first, last, true);
  } else {
    fillRow<S, P>(k, first, last, false);
    // @ts-ignore: only some have it
    if (isDefined(changetype<S>(0).withBefore)) fillRow<S, P>(k, first, last, true);
  }
}

/** Which of several costs `Chosen` is. */
let chosen: i32 = 0;

export function chooseCost(cost: i32): void {
  chosen = cost;
}

function prepareChosen<P>(k: i32, first: i32, last: i32): void {
  if (chosen == 0) prepareAs<SquaredSum, P>(k, first, last);
  else if (chosen == 1) prepareAs<RootOfSquaredSum, P>(k, first, last);
  else if (chosen == 2) prepareAs<SumOfMagnitudes, P>(k, first, last);
  else if (chosen == 3) prepareAs<LargestDifference, P>(k, first, last);
  else prepareAs<RoundedSquaredSum, P>(k, first, last);
}

/** One of the costs below, chosen before the sweep: a look at it once for each row is cheaper than a sweep of its own. */
@final @unmanaged
export class Chosen {
  @inline get chosen(): bool { return true; }
}

/** Sum over channels of (x - y)^2 */
@final @unmanaged
export class SquaredSum {
  @inline add(sum: v128, difference: v128): v128 {
    return f64x2.relaxed_madd(difference, difference, sum);
  }
  @inline finish(sum: v128): v128 {
    return sum;
  }
}

/** The square root of the sum over channels of (x - y)^2 */
@final @unmanaged
export class RootOfSquaredSum {
  @inline add(sum: v128, difference: v128): v128 {
    return f64x2.relaxed_madd(difference, difference, sum);
  }
  @inline finish(sum: v128): v128 {
    return f64x2.sqrt(sum);
  }
}

/** The same, plus that of the steps before */
@final @unmanaged
export class TwoRoots {
  @inline get withBefore(): bool { return true; }
  @inline add(sum: v128, difference: v128): v128 {
    return f64x2.relaxed_madd(difference, difference, sum);
  }
  @inline finish(sum: v128): v128 {
    return f64x2.sqrt(sum);
  }
}

/** Sum over channels of (x - y)^2, rounded like that of the loops that define it: for costs that are compared with a threshold, where the last bit can decide */
@final @unmanaged
export class RoundedSquaredSum {
  @inline add(sum: v128, difference: v128): v128 {
    return f64x2.add(sum, f64x2.mul(difference, difference));
  }
  @inline finish(sum: v128): v128 {
    return sum;
  }
}

/** Sum over channels of |x - y| */
@final @unmanaged
export class SumOfMagnitudes {
  @inline add(sum: v128, difference: v128): v128 {
    return f64x2.add(sum, f64x2.abs(difference));
  }
  @inline finish(sum: v128): v128 {
    return sum;
  }
}

/** The largest over channels of |x - y| */
@final @unmanaged
export class LargestDifference {
  @inline add(largest: v128, difference: v128): v128 {
    return most(largest, f64x2.abs(difference));
  }
  @inline finish(largest: v128): v128 {
    return largest;
  }
}

/**
 * Sums any number of channels for rows first..last of diagonals k and k + 1, and for the rest of the sweep's block of eight rows: costs left over
 * there from earlier could be NaN. Two diagonals at once share the loads of the first series; the sums stay in registers. `before`: of the steps before those of a
 * cell, added to what is there.
 */
function fill<S>(k: i32, first: i32, last: i32, before: bool): void {
  const sum = changetype<S>(0);
  const channels = d;
  const xStep = xStride;
  const yStep = yStride;
  const next = costStride;
  const end = costs + (<usize>(first + ((last - first + 8) & ~7)) << 3);
  let c = costs + (<usize>first << 3);
  // The second series is reversed.
  let x = seriesX + (<usize>first << 3) - (before ? 8 : 0);
  let y = yAt(k) + (<usize>first << 3) + (before ? 8 : 0);
  for (; c < end; c += 32, x += 32, y += 32) {
    let a0 = zero();
    let a1 = zero();
    let b0 = zero();
    let b1 = zero();
    for (let channel = 0, xc = x, yc = y; channel < channels; channel++, xc += xStep, yc += yStep) {
      const x0 = v128.load(xc);
      const x1 = v128.load(xc, 16);
      a0 = sum.add(a0, f64x2.sub(x0, v128.load(yc)));
      a1 = sum.add(a1, f64x2.sub(x1, v128.load(yc, 16)));
      b0 = sum.add(b0, f64x2.sub(x0, v128.load(yc - 8)));
      b1 = sum.add(b1, f64x2.sub(x1, v128.load(yc - 8, 16)));
    }
    keep(c, sum.finish(a0), before);
    keep(c + 16, sum.finish(a1), before);
    keep(c + next, sum.finish(b0), before);
    keep(c + next + 16, sum.finish(b1), before);
  }
}

/** The same for columns first..last of row i of a batch: cell (i, j) at costs + 64 j. */
function fillRow<S, P>(i: i32, first: i32, last: i32, before: bool): void {
  const sum = changetype<S>(0);
  const lanes = changetype<P>(0);
  const x = stepOfRow<P>(before ? i - 1 : i);
  const xEnd = x + <usize>values * lanes.width;
  const beside = stride - (<usize>values << 6);
  let y = candidates + <usize>first * stride - (before ? stride : 0);
  for (let c = costs + (<usize>first << 6), end = costs + (<usize>(last + 1) << 6); c < end; c += 64, y += beside) {
    let a0 = zero();
    let a1 = zero();
    let a2 = zero();
    let a3 = zero();
    for (let at = x; at < xEnd; at += lanes.width, y += 64) {
      a0 = sum.add(a0, f64x2.sub(lanes.x(at), v128.load(y)));
      a1 = sum.add(a1, f64x2.sub(lanes.x(at + lanes.apart), v128.load(y, 16)));
      a2 = sum.add(a2, f64x2.sub(lanes.x(at + 2 * lanes.apart), v128.load(y, 32)));
      a3 = sum.add(a3, f64x2.sub(lanes.x(at + 3 * lanes.apart), v128.load(y, 48)));
    }
    keep(c, sum.finish(a0), before);
    keep(c + 16, sum.finish(a1), before);
    keep(c + 32, sum.finish(a2), before);
    keep(c + 48, sum.finish(a3), before);
  }
}

// @ts-ignore: decorator
@inline
function keep(at: usize, cost: v128, adds: bool): void {
  v128.store(at, adds ? f64x2.add(v128.load(at), cost) : cost);
}
