import { most, zero } from './lanes';
import { d, finalRow, firstRow, m, x as seriesX, xStride, y as seriesY, yAt, yStride } from './table';

// What becomes of shares is up to a class `G`: from `spread`, which gets those of a diagonal's cells, at `shares`, and of the moves into them (soft-pulls.ts).

// Backward through a softmin table. The share of a cell is d value / d (its R): the sum of what the cells that it leads to pass back to it. It passes
// its own share on by the weights of the forward sweep. No exponential is recomputed.

// Shares passed to row i of a diagonal by the moves into its cells, at base + 8 (i + 1). `throughUp` and `throughLeft` hold diagonal
// k + 1, `throughDiagonal...` k + 2 and k + 1; each is overwritten in place by diagonal k, whose rows never extend past what was read.
let throughUp: usize = 0;
let throughLeft: usize = 0;
let throughDiagonal2: usize = 0;
let throughDiagonal1: usize = 0;

/** d value / d s1 and d s2, or half of them, laid out like the series; 0: not wanted. */
export let gradient1: usize = 0;
export let gradient2: usize = 0;
/** The shares of all cells, row-major; 0: not wanted. */
let alignment: usize = 0;
/** The shares of what a recurrence pays for its constants, as far as G counts them. */
export let spent: f64 = 0;

export function spend(both: v128): void {
  spent += f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** The shares of one diagonal, row i at shares + 8 i. */
export let shares: usize = 0;

/** Four rolling arrays of `stride` bytes each, all zero; then the last cell, of row `row`, gets the whole share. Gradients have the room that the series have. */
export function startGradient(at: usize, stride: usize, row: i32, newGradient1: usize, newGradient2: usize, newAlignment: usize, newShares: usize): void {
  memory.fill(at, 0, 4 * stride);
  throughUp = at;
  throughLeft = at + stride;
  throughDiagonal2 = at + 2 * stride;
  throughDiagonal1 = at + 3 * stride;
  gradient1 = newGradient1;
  gradient2 = newGradient2;
  alignment = newAlignment;
  shares = newShares;
  spent = 0;
  if (gradient1) {
    memory.fill(gradient1 - ROOM, 0, xStride * d);
    memory.fill(gradient2 - ROOM, 0, yStride * d);
  }
  store<f64>(throughLeft + (<usize>(row + 1) << 3), 1);
}

/** Bytes before the first step of a series. */
const ROOM: usize = 64;

/**
 * Passes shares back through diagonals end - 1..begin, whose weights end at `weightsEnd`; returns where those begin. With `univariate`, the
 * gradient of the squared Euclidean cost of one channel is summed along the way; otherwise the shares of each diagonal are kept, then spread by G.
 */
// @ts-ignore: decorator
@inline
export function sweepBack<G>(begin: i32, end: i32, weightsEnd: usize, univariate: bool): usize {
  const up = throughUp;
  const left = throughLeft;
  const toGradient1 = gradient1 - seriesX;
  const toGradient2 = gradient2 - seriesY;
  const row = shares;
  let diagonal2 = throughDiagonal2;
  let diagonal1 = throughDiagonal1;
  let w = weightsEnd;
  for (let k = end - 1; k >= begin; k--) {
    const first = firstRow(k);
    const last = finalRow(k);
    w -= <usize>((last - first + 2) >> 1) << 5;
    const start: usize = <usize>first << 3;
    const stop: usize = <usize>(last + 1) << 3;
    const yHere = yAt(k);
    let weight = w;
    for (let o = start; o < stop; o += 16, weight += 32) {
      let share = f64x2.add(f64x2.add(v128.load(up + o, 16), v128.load(left + o, 8)), v128.load(diagonal2 + o, 16));
      // The row after an odd last one is outside: it has no share.
      if (o + 8 == stop) share = f64x2.replace_lane(share, 1, 0);
      const shareUp = f64x2.mul(share, v128.load(weight));
      const shareLeft = f64x2.mul(share, v128.load(weight, 16));
      v128.store(up + o, shareUp, 8);
      v128.store(left + o, shareLeft, 8);
      // If the diagonal has no weight, rounding leaves slightly more or less than 0.
      v128.store(diagonal2 + o, most(zero(), f64x2.sub(f64x2.sub(share, shareUp), shareLeft)), 8);
      if (univariate) {
        const x = seriesX + o;
        const y = yHere + o;
        const difference = f64x2.sub(v128.load(x), v128.load(y));
        const pull = f64x2.mul(share, difference);
        v128.store(x + toGradient1, f64x2.add(v128.load(x + toGradient1), pull));
        v128.store(y + toGradient2, f64x2.sub(v128.load(y + toGradient2), pull));
      } else {
        v128.store(row + o, share);
      }
    }
    // Rows first - 1 and last + 1 have no shares to pass on.
    store<f64>(up + start, 0);
    store<f64>(left + start, 0);
    store<f64>(diagonal2 + start, 0);
    store<f64>(up + stop, 0, 8);
    store<f64>(left + stop, 0, 8);
    store<f64>(diagonal2 + stop, 0, 8);
    if (!univariate) {
      // One extra row, so that rows can be taken in pairs.
      store<f64>(row + stop, 0);
      if (gradient1) changetype<G>(0).spread(k, first, last, up, left, diagonal2);
      if (alignment) spreadOverCells(k, first, last);
    }
    const done = diagonal2;
    diagonal2 = diagonal1;
    diagonal1 = done;
  }
  throughDiagonal2 = diagonal2;
  throughDiagonal1 = diagonal1;
  return w;
}

/** Adds share * (x - y) of diagonal k to the gradients of every channel; with `before` 8, to those of the steps before. */
export function spreadOverChannels(k: i32, first: i32, last: i32, before: usize): void {
  const stop: usize = <usize>(last + 1) << 3;
  for (let channel = 0; channel < d; channel++) {
    const x = seriesX + <usize>channel * xStride - before;
    const y = yAt(k) + <usize>channel * yStride + before;
    const toGradient1 = gradient1 - seriesX;
    const toGradient2 = gradient2 - seriesY;
    for (let o: usize = <usize>first << 3; o < stop; o += 16) {
      const difference = f64x2.sub(v128.load(x + o), v128.load(y + o));
      const pull = f64x2.mul(v128.load(shares + o), difference);
      v128.store(x + o + toGradient1, f64x2.add(v128.load(x + o + toGradient1), pull));
      v128.store(y + o + toGradient2, f64x2.sub(v128.load(y + o + toGradient2), pull));
    }
  }
}

/** Writes the shares of diagonal k to cells (i, k - i) of the alignment. */
function spreadOverCells(k: i32, first: i32, last: i32): void {
  const step: usize = <usize>(m - 1) << 3;
  let cell = alignment + (<usize>(first * m + k - first) << 3);
  for (let i = first; i <= last; i++, cell += step) store<f64>(cell, load<f64>(shares + (<usize>i << 3)));
}
