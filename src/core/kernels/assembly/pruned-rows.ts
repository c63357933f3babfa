import { candidates, cells, finalColumn, firstColumn, hasRow, keepNumber, keepLastBetween, leave, row, rows, stepOfRow, unfinished, values } from './batch';
import { zero } from './lanes';
import { costs } from './local-cost';
import { prepare } from './recurrence';
import { reduce } from './reduce';

// A batch that looks only for pairs below a limit (EAPruned: Herrmann and Webb, 2021, for eight pairs at once). R never decreases along a path. So a cell where R,
// plus what the remaining steps cost at least, is above the limit in every lane is left out: rows begin at the first live cell of the row above, and end
// where a cell to the right of its last live one is dead. What is then below the limit is exact, bit by bit, because it comes from cells that are.

/** The limit, in both lanes. */
let limit: v128 = i64x2.splat(0);
/** Lower bounds on the cost of the steps from i on, at rests + 64 i; of nothing after the last step. */
let rests: usize = 0;
/** Live cells of the row computed last. */
let liveFirst: i32 = 0;
let liveLast: i32 = 0;

export function startPruned(newLimit: f64, newRests: usize): void {
  limit = f64x2.splat(newLimit);
  rests = newRests;
}

/** How many columns are computed before the next look at whether they are still live. */
const COLUMNS: i32 = 8;

/** Whether any lane of a cell is at or below the limit of its row. */
// @ts-ignore: decorator
@inline
function isLive(cell: usize, rest: usize): bool {
  const a = v128.or(f64x2.le(f64x2.add(v128.load(cell), v128.load(rest)), limit), f64x2.le(f64x2.add(v128.load(cell, 16), v128.load(rest, 16)), limit));
  const b = v128.or(f64x2.le(f64x2.add(v128.load(cell, 32), v128.load(rest, 32)), limit), f64x2.le(f64x2.add(v128.load(cell, 48), v128.load(rest, 48)), limit));
  return v128.any_true(v128.or(a, b));
}

/** Computes `count` rows of a batch with one query, whose recurrence has no border. */
// @ts-ignore: decorator
@inline
export function sweepPruned<M, P>(count: i32): void {
  const recurrence = changetype<M>(0);
  const infinity = f64x2.splat(Infinity);
  const yStep = <usize>values << 6;
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    if (begin == 0) {
      v128.store(cells, zero());
      v128.store(cells, zero(), 16);
      v128.store(cells, zero(), 32);
      v128.store(cells, zero(), 48);
      liveFirst = 0;
      liveLast = -1;
    }
    let i = begin;
    for (; i < end; i++) {
      const first = max(firstColumn(i), liveFirst);
      const last = finalColumn(i);
      // Columns that have a live cell above or above to the left, then others, for as long as there is one to the left.
      let until = min(liveLast + 1, last);
      if (first > until) break;
      prepare<M>(i, first, until);
      const x = stepOfRow<P>(i);
      const s = recurrence.load(x);
      const rest = rests + (<usize>(i + 1) << 6);
      let r = cells + (<usize>first << 6);
      let d0 = v128.load(r);
      let d1 = v128.load(r, 16);
      let d2 = v128.load(r, 32);
      let d3 = v128.load(r, 48);
      let l0 = infinity;
      let l1 = infinity;
      let l2 = infinity;
      let l3 = infinity;
      v128.store(r, l0);
      v128.store(r, l1, 16);
      v128.store(r, l2, 32);
      v128.store(r, l3, 48);
      let y = candidates + <usize>first * yStep;
      let c = costs + (<usize>first << 6);
      // Above what was computed there is nothing.
      fence(liveLast + 1, until, infinity);
      for (;;) {
        const stop = cells + (<usize>(until + 1) << 6);
        for (; r < stop; r += 64, y += yStep, c += 64) {
          const u0 = v128.load(r, 64);
          const u1 = v128.load(r, 80);
          const u2 = v128.load(r, 96);
          const u3 = v128.load(r, 112);
          l0 = reduce<M>(d0, u0, l0, s, x, y, c, 0);
          l1 = reduce<M>(d1, u1, l1, s, x, y + 16, c + 16, 0);
          l2 = reduce<M>(d2, u2, l2, s, x, y + 32, c + 32, 0);
          l3 = reduce<M>(d3, u3, l3, s, x, y + 48, c + 48, 0);
          v128.store(r, l0, 64);
          v128.store(r, l1, 80);
          v128.store(r, l2, 96);
          v128.store(r, l3, 112);
          d0 = u0;
          d1 = u1;
          d2 = u2;
          d3 = u3;
        }
        if (until == last || !isLive(r, rest)) break;
        const next = min(until + COLUMNS, last);
        prepare<M>(i, until + 1, next);
        fence(until + 1, next, infinity);
        until = next;
      }
      // R[i, j] is at cells + 64 (j + 1).
      let from = first;
      while (from <= until && !isLive(cells + (<usize>(from + 1) << 6), rest)) from++;
      if (from > until) break;
      while (!isLive(cells + (<usize>(until + 1) << 6), rest)) until--;
      liveFirst = from;
      liveLast = until;
    }
    if (i < end) {
      keepNumber(Infinity);
      leave();
      continue;
    }
    if (hasRow(end)) continue;
    keepLastBetween(liveFirst, liveLast);
    leave();
  }
}

// @ts-ignore: decorator
@inline
function fence(from: i32, to: i32, infinity: v128): void {
  for (let r = cells + (<usize>(from + 1) << 6), end = cells + (<usize>(to + 1) << 6); r <= end; r += 64) {
    v128.store(r, infinity);
    v128.store(r, infinity, 16);
    v128.store(r, infinity, 32);
    v128.store(r, infinity, 48);
  }
}
