import { least, OneQuery, OwnQueries, zero } from './lanes';

// What the best scaling of one series leaves of another at each shift, for eight pairs at once. As in pointwise.ts, every sum is that of a plain loop.

/** Of `values` numbers each: x 8 bytes apart, or 64 as y where each lane has its own; the norms of x in eight lanes. */
let x: usize = 0;
let y: usize = 0;
let norms: usize = 0;
let values: i32 = 0;

export function describeRemainders(newX: usize, newY: usize, newNorms: usize, newValues: i32): void {
  x = newX;
  y = newY;
  norms = newNorms;
  values = newValues;
}

/** Lowers the eight numbers at `best` to min ||x - scale y_shifted|| / ||x|| at shifts from..to - 1. */
export function remainders(from: i32, to: i32, best: usize): void { lower<OneQuery>(from, to, best); }
export function remaindersOwn(from: i32, to: i32, best: usize): void { lower<OwnQueries>(from, to, best); }

/** What remains of proportional series is rounding error: solvers/shift-scale.ts. */
const ROUNDING: f64 = 1e-14;

// @ts-ignore: decorator
@inline
function lower<P>(from: i32, to: i32, best: usize): void {
  const lanes = changetype<P>(0);
  for (let shift = from; shift < to; shift++) {
    const first = max(0, shift);
    const end = min(values, values + shift);
    // Four vectors would need more registers than there are.
    for (let v: usize = 0; v < 4; v += 2) {
      const x0 = x + v * lanes.apart;
      const x1 = x0 + lanes.apart;
      const shifted = y + 16 * v - (<isize>shift << 6);
      let yy0 = zero();
      let yy1 = zero();
      let xy0 = zero();
      let xy1 = zero();
      for (let i: isize = first; i < end; i++) {
        const a = v128.load(shifted + (i << 6));
        const b = v128.load(shifted + (i << 6), 16);
        yy0 = f64x2.add(yy0, f64x2.mul(a, a));
        yy1 = f64x2.add(yy1, f64x2.mul(b, b));
        xy0 = f64x2.add(xy0, f64x2.mul(lanes.x(x0 + i * lanes.width), a));
        xy1 = f64x2.add(xy1, f64x2.mul(lanes.x(x1 + i * lanes.width), b));
      }
      const scale0 = f64x2.div(xy0, yy0);
      const scale1 = f64x2.div(xy1, yy1);
      let rest0 = zero();
      let rest1 = zero();
      for (let i: isize = 0; i < values; i++) {
        let a = lanes.x(x0 + i * lanes.width);
        let b = lanes.x(x1 + i * lanes.width);
        if (i >= first && i < end) {
          a = f64x2.sub(a, f64x2.mul(scale0, v128.load(shifted + (i << 6))));
          b = f64x2.sub(b, f64x2.mul(scale1, v128.load(shifted + (i << 6), 16)));
        }
        rest0 = f64x2.add(rest0, f64x2.mul(a, a));
        rest1 = f64x2.add(rest1, f64x2.mul(b, b));
      }
      keepLeast(best + 16 * v, rest0, yy0, norms + 16 * v);
      keepLeast(best + 16 * v + 16, rest1, yy1, norms + 16 * v + 16);
    }
  }
}

// @ts-ignore: decorator
@inline
function keepLeast(best: usize, rest: v128, yy: v128, norm: usize): void {
  const left = f64x2.div(f64x2.sqrt(rest), v128.load(norm));
  const counted = v128.and(left, f64x2.ge(left, f64x2.splat(ROUNDING)));
  // Nothing of y overlaps that is not 0.
  const found = v128.bitselect(f64x2.splat(1), counted, f64x2.eq(yy, zero()));
  v128.store(best, least(v128.load(best), found));
}
