// Two float64 lanes, as the wavefront uses them: lane 0 is row i of a diagonal, lane 1 is row i + 1.

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
