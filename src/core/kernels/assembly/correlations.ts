import { most, OneQuery, OwnQueries, zero } from './lanes';

// The largest correlation of two series over all shifts at which they overlap, eight pairs at once. As in pointwise.ts, every sum is that of a plain loop.

/** Of eight others, all of one length: value v at others + 64 v. `first` has its values likewise, or 8 bytes apart if all pairs share it. */
let others: usize = 0;
let otherValues: i32 = 0;
let first: usize = 0;
let firstValues: i32 = 0;

export function describeCorrelations(newFirst: usize, newFirstValues: i32, newOthers: usize, newOtherValues: i32): void {
  first = newFirst;
  firstValues = newFirstValues;
  others = newOthers;
  otherValues = newOtherValues;
}

/** Raises the eight numbers at `best` to the correlations at offsets from..to - 1 of `step` values each. */
export function correlations(from: i32, to: i32, step: i32, best: usize): void { raise<OneQuery>(from, to, step, best); }
export function correlationsOwn(from: i32, to: i32, step: i32, best: usize): void { raise<OwnQueries>(from, to, step, best); }

// @ts-ignore: decorator
@inline
function raise<P>(from: i32, to: i32, step: i32, best: usize): void {
  const lanes = changetype<P>(0);
  let b0 = v128.load(best);
  let b1 = v128.load(best, 16);
  let b2 = v128.load(best, 32);
  let b3 = v128.load(best, 48);
  for (let shift = from; shift < to; shift++) {
    const offset = shift * step;
    const begin = max(0, offset);
    const end = min(firstValues, otherValues + offset);
    let x = first + <usize>begin * lanes.width;
    let s0 = zero();
    let s1 = zero();
    let s2 = zero();
    let s3 = zero();
    for (let y = others + (<usize>(begin - offset) << 6), stop = others + (<usize>(end - offset) << 6); y < stop; y += 64, x += lanes.width) {
      s0 = f64x2.add(s0, f64x2.mul(lanes.x(x), v128.load(y)));
      s1 = f64x2.add(s1, f64x2.mul(lanes.x(x + lanes.apart), v128.load(y, 16)));
      s2 = f64x2.add(s2, f64x2.mul(lanes.x(x + 2 * lanes.apart), v128.load(y, 32)));
      s3 = f64x2.add(s3, f64x2.mul(lanes.x(x + 3 * lanes.apart), v128.load(y, 48)));
    }
    b0 = most(b0, s0);
    b1 = most(b1, s1);
    b2 = most(b2, s2);
    b3 = most(b3, s3);
  }
  v128.store(best, b0);
  v128.store(best, b1, 16);
  v128.store(best, b2, 32);
  v128.store(best, b3, 48);
}
