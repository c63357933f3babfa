import { OneQuery, OwnQueries } from './lanes';

// Sums over the values of two series of one length, eight pairs at once: one first series with eight others, or each with its own. Every pair is summed in the
// order of its values, without fused operations, as a plain loop would: a value does not depend on which pairs are computed together.

/** (x - y)^2 */
@final @unmanaged
class Square {
  @inline of(difference: v128): v128 { return f64x2.mul(difference, difference); }
}

/** |x - y| */
@final @unmanaged
class Magnitude {
  @inline of(difference: v128): v128 { return f64x2.abs(difference); }
}

/** Of eight others: value v at others + 64 v. Weights of the values follow each other; 0: none. */
let others: usize = 0;
let weights: usize = 0;

export function describePointwise(newOthers: usize, newWeights: usize): void {
  others = newOthers;
  weights = newWeights;
}

/** Adds values begin..end - 1 of the first series at places[from..to - 1] (Int32 addresses) to the eight sums of each, one after the other at `sums`. */
export function squares(places: usize, from: i32, to: i32, begin: i32, end: i32, sums: usize): void { sum<Square, OneQuery>(places, from, to, begin, end, sums); }
export function squaresOwn(places: usize, from: i32, to: i32, begin: i32, end: i32, sums: usize): void { sum<Square, OwnQueries>(places, from, to, begin, end, sums); }
export function magnitudes(places: usize, from: i32, to: i32, begin: i32, end: i32, sums: usize): void { sum<Magnitude, OneQuery>(places, from, to, begin, end, sums); }
export function magnitudesOwn(places: usize, from: i32, to: i32, begin: i32, end: i32, sums: usize): void { sum<Magnitude, OwnQueries>(places, from, to, begin, end, sums); }

// @ts-ignore: decorator
@inline
function sum<C, P>(places: usize, from: i32, to: i32, begin: i32, end: i32, sums: usize): void {
  const lanes = changetype<P>(0);
  const cost = changetype<C>(0);
  const start = others + (<usize>begin << 6);
  const stop = others + (<usize>end << 6);
  for (let q = from; q < to; q++) {
    let x = <usize>load<i32>(places + (<usize>q << 2)) + <usize>begin * lanes.width;
    const at = sums + (<usize>q << 6);
    let a0 = v128.load(at);
    let a1 = v128.load(at, 16);
    let a2 = v128.load(at, 32);
    let a3 = v128.load(at, 48);
    if (weights) {
      let w = weights + (<usize>begin << 3);
      for (let y = start; y < stop; y += 64, x += lanes.width, w += 8) {
        const weight = v128.load64_splat(w);
        a0 = f64x2.add(a0, f64x2.mul(weight, cost.of(f64x2.sub(lanes.x(x), v128.load(y)))));
        a1 = f64x2.add(a1, f64x2.mul(weight, cost.of(f64x2.sub(lanes.x(x + lanes.apart), v128.load(y, 16)))));
        a2 = f64x2.add(a2, f64x2.mul(weight, cost.of(f64x2.sub(lanes.x(x + 2 * lanes.apart), v128.load(y, 32)))));
        a3 = f64x2.add(a3, f64x2.mul(weight, cost.of(f64x2.sub(lanes.x(x + 3 * lanes.apart), v128.load(y, 48)))));
      }
    } else {
      for (let y = start; y < stop; y += 64, x += lanes.width) {
        a0 = f64x2.add(a0, cost.of(f64x2.sub(lanes.x(x), v128.load(y))));
        a1 = f64x2.add(a1, cost.of(f64x2.sub(lanes.x(x + lanes.apart), v128.load(y, 16))));
        a2 = f64x2.add(a2, cost.of(f64x2.sub(lanes.x(x + 2 * lanes.apart), v128.load(y, 32))));
        a3 = f64x2.add(a3, cost.of(f64x2.sub(lanes.x(x + 3 * lanes.apart), v128.load(y, 48))));
      }
    }
    v128.store(at, a0);
    v128.store(at, a1, 16);
    v128.store(at, a2, 32);
    v128.store(at, a3, 48);
  }
}
