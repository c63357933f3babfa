// Two float64 lanes. A class says how they lie in a sweep: `x` loads steps of the first series, `xBefore` and `yBefore` lead from a step to the
// one before it, `threshold` is a constant that pairs may have of their own.

/** A constant of a recurrence in both lanes; a batch has it in a table of its own. */
export const THRESHOLD: usize = memory.data(16, 16);

/** The wavefront: lane 0 is row i of a diagonal, lane 1 is row i + 1. */
@final @unmanaged
export class Diagonal {
  @inline get wavefront(): bool { return true; }
  @inline get xBefore(): isize { return -8; }
  @inline get yBefore(): isize { return 8; }
  @inline x(at: usize): v128 { return v128.load(at); }
  @inline threshold(t: usize): v128 { return v128.load(THRESHOLD); }
}

/** A batch in which one series meets eight: vector v of a step has lanes 2v and 2v + 1, and the first series is the same in all of them. */
@final @unmanaged
export class OneQuery {
  @inline get width(): usize { return 8; }
  @inline get apart(): usize { return 0; }
  @inline get xBefore(): isize { return -8; }
  @inline get yBefore(): isize { return -64; }
  @inline x(at: usize): v128 { return v128.load64_splat(at); }
  @inline threshold(t: usize): v128 { return v128.load(t); }
}

/** A batch of eight pairs, each with both series of its own. */
@final @unmanaged
export class OwnQueries {
  @inline get width(): usize { return 64; }
  @inline get apart(): usize { return 16; }
  @inline get xBefore(): isize { return -64; }
  @inline get yBefore(): isize { return -64; }
  @inline x(at: usize): v128 { return v128.load(at); }
  @inline threshold(t: usize): v128 { return v128.load(t); }
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
