// A recurrence is a class whose methods are inlined into the sweeps, two cells at a time:
//   R[i,j] = pay(reduce(diagonal(R[i-1,j-1]), up(R[i-1,j]), left(R[i,j-1])))
// `diagonal`, `up` and `left` add to R the cost of that move, `pay` the cost that all three share; an absent one costs nothing. `x` points at
// step i, which `load` loaded as `step`, `y` at step j, `c` into the buffer of local costs, which `prepare` fills if there is one, `t` into a
// table by i - j. `L` is the local cost. A recurrence may also have
//   `ownFence`: an infinite local cost makes R infinite, so that infinite steps around the series fence the table off
//   `bordered`: R[i,-1] and R[-1,j] are finite
//   `isKernel`: a soft minimum of it is the global alignment kernel
//   `all`: the reduction of all three moves at once
//   `inRow`: the same in a batch with one query, for the vector `o` bytes from the others, with what belongs to a row or to the sweep in registers: `firstOfRow` and
//     `secondOfRow` as `a` and `b`, and constants
//   `fromLeast`: the same from the least R of the three, if all moves cost the same

/** R after the diagonal move into a cell, from `r`. */
// @ts-ignore: decorator
@inline
export function afterDiagonal<M>(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.diagonal)) return recurrence.diagonal(r, step, x, y, c, t);
  return r;
}
// @ts-ignore: decorator
@inline
export function afterUp<M>(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.up)) return recurrence.up(r, step, x, y, c, t);
  return r;
}
// @ts-ignore: decorator
@inline
export function afterLeft<M>(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.left)) return recurrence.left(r, step, x, y, c, t);
  return r;
}

/** R plus the cost that every move into the cell pays. */
// @ts-ignore: decorator
@inline
export function paid<M>(r: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.pay)) return recurrence.pay(r, step, x, y, c, t);
  return r;
}

/** Fills the buffer of local costs for diagonals k and k + 1. */
// @ts-ignore: decorator
@inline
export function prepare<M>(k: i32, first: i32, last: i32): void {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.prepare)) recurrence.prepare(k, first, last);
}
