import { stride } from './batch';

// Two float64 lanes. A class says how they lie in a sweep: `x` loads steps of the first series, `xBefore` and `yBefore` lead from a step to the
// one before it.

/** A constant of a recurrence in both lanes; the pairs of a batch may have one each. */
export const THRESHOLD: usize = memory.data(16, 16);

/** All bits but the signs: x & MAGNITUDE is |x| in one instruction, where f64x2.abs loads this number for itself every time. */
export const MAGNITUDE: usize = memory.data<u64>([0x7fffffffffffffff, 0x7fffffffffffffff], 16);

/** The wavefront: lane 0 is row i of a diagonal, lane 1 is row i + 1. */
@final @unmanaged
export class Diagonal {
  @inline get wavefront(): bool { return true; }
  @inline get xBefore(): isize { return -8; }
  @inline get yBefore(): isize { return 8; }
  @inline x(at: usize): v128 { return v128.load(at); }
}

/** A batch in which one series meets eight: vector v of a step has lanes 2v and 2v + 1, and the first series is the same in all of them. */
@final @unmanaged
export class OneQuery {
  @inline get width(): usize { return 8; }
  @inline get apart(): usize { return 0; }
  @inline get xBefore(): isize { return -8; }
  @inline get yBefore(): isize { return -<isize>stride; }
  @inline x(at: usize): v128 { return v128.load64_splat(at); }
}

/** A batch of eight pairs, each with both series of its own. */
@final @unmanaged
export class OwnQueries {
  @inline get width(): usize { return 64; }
  @inline get apart(): usize { return 16; }
  @inline get xBefore(): isize { return -64; }
  @inline get yBefore(): isize { return -<isize>stride; }
  @inline x(at: usize): v128 { return v128.load(at); }
}

/** 1 in both lanes. */
export const ONE: usize = memory.data<f64>([1, 1], 16);

/** 1/2 in both lanes. */
export const HALF: usize = memory.data<f64>([0.5, 0.5], 16);

/**
 * a + b as 1 a + b, with `one` in a register: additions compete with comparisons for two of a core's units, and multiply-adds have two others (Zen 5: erp 0.36 to
 * 0.25 ns per cell).
 */
// @ts-ignore: decorator
@inline
export function plus(a: v128, b: v128, one: v128): v128 {
  return f64x2.relaxed_madd(a, one, b);
}

/** a - b likewise. */
// @ts-ignore: decorator
@inline
export function minus(a: v128, b: v128, one: v128): v128 {
  return f64x2.relaxed_nmadd(b, one, a);
}

/** One instruction, where f64x2.min takes several. It keeps `a` if the values are equal or one is NaN. */
// @ts-ignore: decorator
@inline
export function least(a: v128, b: v128): v128 {
  return f64x2.pmin(a, b);
}

// @ts-ignore: decorator
@inline
export function most(a: v128, b: v128): v128 {
  return f64x2.pmax(a, b);
}

// @ts-ignore: decorator
@inline
export function zero(): v128 {
  return i64x2.splat(0);
}

/** The same rows of the diagonal, one row further up: lane 1 of what came before, then lane 0. */
// @ts-ignore: decorator
@inline
export function rowsAbove(before: v128, here: v128): v128 {
  return v128.shuffle<f64>(before, here, 1, 2);
}
