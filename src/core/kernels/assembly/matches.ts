import { least } from './lanes';

// Subsequence matches for d = 1: dtw whose paths may begin at any step of the series. In addition to R, each cell has S, the step where its path began.
// Diagonals as everywhere: row i is a step of the query, y is reversed, R and S of row i are at base + 8 (i + 1).

let x: usize = 0;
let y: usize = 0;
let n: i32 = 0;
let m: i32 = 0;
let r2: usize = 0;
let r1: usize = 0;
let r0: usize = 0;
let costs: usize = 0;
let starts: usize = 0;
/** From a diagonal of R to that of S. */
let toS: usize = 0;

/**
 * The query is at `query`, its length rounded up to `rows`, a multiple of 4, with anything finite; step j of the series at `series` - 8 j, between
 * `rows` infinite steps on either side; three diagonals of R of `stride` bytes at `at`, then those of S. Results go to `outCosts` and `outStarts` by j.
 */
export function startMatches(query: usize, series: usize, length: i32, rows: i32, steps: i32, at: usize, stride: usize, outCosts: usize, outStarts: usize): void {
  x = query;
  y = series;
  n = length;
  m = steps;
  r2 = at;
  r1 = at + stride;
  r0 = at + 2 * stride;
  toS = 3 * stride;
  costs = outCosts;
  starts = outStarts;
  for (let p = at, end = at + 6 * stride; p < end; p += 8) store<f64>(p, Infinity);
}

/** Computes diagonals begin..end - 1. */
export function matches(begin: i32, end: i32): void {
  const last: usize = <usize>n << 3;
  for (let k = begin; k < end; k++) {
    // A path begins in row 0 at no cost: R[-1, j - 1] = 0, and j = k there.
    store<f64>(r2, 0);
    store<f64>(r2 + toS, <f64>k);
    // Rows above the first and below the last cell of the diagonal meet infinite steps.
    const begins: usize = k < m ? 0 : (<usize>(k - m + 1) & ~3) << 3;
    const ends: usize = k < n - 1 ? <usize>(k + 1) << 3 : last;
    // Step k - i of the series for row i.
    const steps = y - (<usize>k << 3);
    for (let o = begins; o < ends; o += 32) {
      two(o, steps + o);
      two(o + 16, steps + o + 16);
    }
    const j = k - n + 1;
    if (j >= 0 && j < m) {
      store<f64>(costs + (<usize>j << 3), load<f64>(r0 + last));
      store<f64>(starts + (<usize>j << 3), load<f64>(r0 + toS + last));
    }
    // Row -1 is reachable only by the diagonal move, with which a path begins.
    store<f64>(r2, Infinity);
    const done = r2;
    r2 = r1;
    r1 = r0;
    r0 = done;
  }
}

/** Ties as everywhere: diagonal, then up, then left. */
// @ts-ignore: decorator
@inline
function two(o: usize, step: usize): void {
  const diagonal = v128.load(r2 + o);
  const up = v128.load(r1 + o);
  const left = v128.load(r1 + o, 8);
  const best = least(diagonal, up);
  const start = v128.bitselect(v128.load(r1 + toS + o), v128.load(r2 + toS + o), f64x2.lt(up, diagonal));
  const difference = f64x2.sub(v128.load(x + o), v128.load(step));
  v128.store(r0 + o, f64x2.relaxed_madd(difference, difference, least(best, left)), 8);
  v128.store(r0 + toS + o, v128.bitselect(v128.load(r1 + toS + o, 8), start, f64x2.lt(left, best)), 8);
}
