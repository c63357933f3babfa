import { zero } from './lanes';

// Eight pairs at once, one in each lane, row by row. Both series of a pair have their lane: numbers of the eight lanes lie next to each other, 64 bytes for
// every value of a step. All pairs have n steps and m steps of d values.

/** Value c of step i of the first series is at x + 64 (i d + c), and so is its gradient, at gradient1; for the second one y and gradient2. */
export let x: usize = 0;
export let y: usize = 0;
export let gradient1: usize = 0;
export let gradient2: usize = 0;
export let n: i32 = 0;
export let m: i32 = 0;
export let d: i32 = 0;
/** Int32 by row: its first and its last column. 0: all. */
let bandFrom: usize = 0;
let bandTo: usize = 0;
/** The costs of a row, of column j at 64 j, where steps have several values. */
export let costs: usize = 0;

/** `newCosts`: 64 m bytes. The gradients must be zero where they are wanted. */
export function describePairs(
  newX: usize, newY: usize, newN: i32, newM: i32, newD: i32, newBandFrom: usize, newBandTo: usize, newCosts: usize, newGradient1: usize, newGradient2: usize,
): void {
  x = newX;
  y = newY;
  n = newN;
  m = newM;
  d = newD;
  bandFrom = newBandFrom;
  bandTo = newBandTo;
  costs = newCosts;
  gradient1 = newGradient1;
  gradient2 = newGradient2;
}

// @ts-ignore: decorator
@inline
export function isBanded(): bool {
  return bandFrom != 0;
}
// @ts-ignore: decorator
@inline
export function firstOf(i: i32): i32 {
  return bandFrom ? load<i32>(bandFrom + (<usize>i << 2)) : 0;
}
// @ts-ignore: decorator
@inline
export function finalOf(i: i32): i32 {
  return bandTo ? load<i32>(bandTo + (<usize>i << 2)) : m - 1;
}

/** (x - y)^2 of two lanes, from the values of both steps or, where there are several, from the row of costs. */
// @ts-ignore: decorator
@inline
export function costOf(step: usize, source: usize, univariate: bool): v128 {
  if (!univariate) return v128.load(source);
  const difference = f64x2.sub(v128.load(step), v128.load(source));
  return f64x2.mul(difference, difference);
}

/** Sums the squared differences of all values of a step with the steps of columns first..last. */
export function fillCosts(step: usize, first: i32, last: i32): void {
  const bytes: usize = <usize>d << 6;
  let to = costs + (<usize>first << 6);
  const end = costs + (<usize>(last + 1) << 6);
  for (let at = y + <usize>first * bytes; to < end; to += 64, at += bytes) {
    let a = zero();
    let b = zero();
    let c = zero();
    let e = zero();
    for (let o: usize = 0; o < bytes; o += 64) {
      const from = step + o;
      const other = at + o;
      const da = f64x2.sub(v128.load(from), v128.load(other));
      const db = f64x2.sub(v128.load(from, 16), v128.load(other, 16));
      const dc = f64x2.sub(v128.load(from, 32), v128.load(other, 32));
      const de = f64x2.sub(v128.load(from, 48), v128.load(other, 48));
      a = f64x2.relaxed_madd(da, da, a);
      b = f64x2.relaxed_madd(db, db, b);
      c = f64x2.relaxed_madd(dc, dc, c);
      e = f64x2.relaxed_madd(de, de, e);
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, e, 48);
  }
}
