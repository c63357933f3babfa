import { candidates, cells, hasRow, isBanded, keepLast, leave, longest, row, rows, stepOfRow, stride, table, unfinished } from './batch';
import { least, MAGNITUDE, ONE, zero } from './lanes';
import { PENALTY } from './moves';
import { someRows, startRows } from './rows';

// Two rows at a time, where all moves into a cell cost the same (`fromLeast` in recurrence.ts). A cell of the lower row comes right after the one above it, which is still in its
// register, as is its diagonal neighbour: neither is stored or loaded, and a step of the candidates is loaded once for both. Eight chains from cell to cell are on their way
// instead of four.

/** Computes `count` rows of a batch, two at a time where there is no band. */
// @ts-ignore: decorator
@inline
export function sweepRowPairs<M, P>(count: i32): void {
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    let i = begin;
    if (isBanded()) {
      if (begin == 0) startRows<M>();
      someRows<M, P>(begin, end, true);
    } else {
      if (begin == 0) {
        if (end > 1) {
          twoRows<M, P>(0, true);
          i = 2;
        } else startRows<M>();
      }
      for (; i + 1 < end; i += 2) twoRows<M, P>(i, false);
      if (i < end) someRows<M, P>(i, end, false);
    }
    if (hasRow(end)) continue;
    keepLast(cells);
    leave();
  }
}

/** Rows i and i + 1. `first`, a constant: whether they are the first two, above which there is nothing. */
// @ts-ignore: decorator
@inline
function twoRows<M, P>(i: i32, first: bool): void {
  const recurrence = changetype<M>(0);
  const infinity = f64x2.splat(Infinity);
  const magnitude = v128.load(MAGNITUDE);
  const one = v128.load(ONE);
  const penalty = v128.load(PENALTY);
  const yStep = stride;
  const x = stepOfRow<P>(i);
  const z = stepOfRow<P>(i + 1);
  const s = recurrence.load(x);
  const sa = recurrence.firstOfRow(x);
  const sb = recurrence.secondOfRow(x);
  const q = recurrence.load(z);
  const qa = recurrence.firstOfRow(z);
  const qb = recurrence.secondOfRow(z);
  // R[i, j - 1] and R[i + 1, j - 1].
  let a0 = infinity;
  let a1 = infinity;
  let a2 = infinity;
  let a3 = infinity;
  let b0 = infinity;
  let b1 = infinity;
  let b2 = infinity;
  let b3 = infinity;
  let r = cells;
  let y = candidates;
  let t = table - (<usize>i << 6);
  const stop = r + (<usize>longest << 6);
  if (first) {
    // Column 0: the path begins here, and there is one way down.
    a0 = recurrence.fromLeast(zero(), s, sa, sb, magnitude, one, penalty, y, 0, t, 0);
    b0 = recurrence.fromLeast(a0, q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 0);
    v128.store(r, infinity);
    a1 = recurrence.fromLeast(zero(), s, sa, sb, magnitude, one, penalty, y, 0, t, 16);
    b1 = recurrence.fromLeast(a1, q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 16);
    v128.store(r, infinity, 16);
    a2 = recurrence.fromLeast(zero(), s, sa, sb, magnitude, one, penalty, y, 0, t, 32);
    b2 = recurrence.fromLeast(a2, q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 32);
    v128.store(r, infinity, 32);
    a3 = recurrence.fromLeast(zero(), s, sa, sb, magnitude, one, penalty, y, 0, t, 48);
    b3 = recurrence.fromLeast(a3, q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 48);
    v128.store(r, infinity, 48);
    r += 64;
    y += yStep;
    t += 64;
  }
  // As in rows.ts, a cell is stored only when its place has been loaded for the last time, and if the number of columns is odd, one more is computed. The order counts: with
  // the store behind the second load, V8 runs out of registers (0.18 instead of 0.155 ns per cell).
  for (; r < stop; r += 128, y += yStep, t += 64) {
    const d0 = first ? infinity : v128.load(r);
    v128.store(r, b0);
    const h0 = least(a0, b0);
    const u0 = first ? a0 : least(least(d0, v128.load(r, 64)), a0);
    a0 = recurrence.fromLeast(u0, s, sa, sb, magnitude, one, penalty, y, 0, t, 0);
    b0 = recurrence.fromLeast(least(h0, a0), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 0);
    const d1 = first ? infinity : v128.load(r, 16);
    v128.store(r, b1, 16);
    const h1 = least(a1, b1);
    const u1 = first ? a1 : least(least(d1, v128.load(r, 80)), a1);
    a1 = recurrence.fromLeast(u1, s, sa, sb, magnitude, one, penalty, y, 0, t, 16);
    b1 = recurrence.fromLeast(least(h1, a1), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 16);
    const d2 = first ? infinity : v128.load(r, 32);
    v128.store(r, b2, 32);
    const h2 = least(a2, b2);
    const u2 = first ? a2 : least(least(d2, v128.load(r, 96)), a2);
    a2 = recurrence.fromLeast(u2, s, sa, sb, magnitude, one, penalty, y, 0, t, 32);
    b2 = recurrence.fromLeast(least(h2, a2), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 32);
    const d3 = first ? infinity : v128.load(r, 48);
    v128.store(r, b3, 48);
    const h3 = least(a3, b3);
    const u3 = first ? a3 : least(least(d3, v128.load(r, 112)), a3);
    a3 = recurrence.fromLeast(u3, s, sa, sb, magnitude, one, penalty, y, 0, t, 48);
    b3 = recurrence.fromLeast(least(h3, a3), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 48);
    y += yStep;
    t += 64;
    const e0 = first ? infinity : v128.load(r, 64);
    v128.store(r, b0, 64);
    const g0 = least(a0, b0);
    const v0 = first ? a0 : least(least(e0, v128.load(r, 128)), a0);
    a0 = recurrence.fromLeast(v0, s, sa, sb, magnitude, one, penalty, y, 0, t, 0);
    b0 = recurrence.fromLeast(least(g0, a0), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 0);
    const e1 = first ? infinity : v128.load(r, 80);
    v128.store(r, b1, 80);
    const g1 = least(a1, b1);
    const v1 = first ? a1 : least(least(e1, v128.load(r, 144)), a1);
    a1 = recurrence.fromLeast(v1, s, sa, sb, magnitude, one, penalty, y, 0, t, 16);
    b1 = recurrence.fromLeast(least(g1, a1), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 16);
    const e2 = first ? infinity : v128.load(r, 96);
    v128.store(r, b2, 96);
    const g2 = least(a2, b2);
    const v2 = first ? a2 : least(least(e2, v128.load(r, 160)), a2);
    a2 = recurrence.fromLeast(v2, s, sa, sb, magnitude, one, penalty, y, 0, t, 32);
    b2 = recurrence.fromLeast(least(g2, a2), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 32);
    const e3 = first ? infinity : v128.load(r, 112);
    v128.store(r, b3, 112);
    const g3 = least(a3, b3);
    const v3 = first ? a3 : least(least(e3, v128.load(r, 176)), a3);
    a3 = recurrence.fromLeast(v3, s, sa, sb, magnitude, one, penalty, y, 0, t, 48);
    b3 = recurrence.fromLeast(least(g3, a3), q, qa, qb, magnitude, one, penalty, y, 0, t - 64, 48);
  }
  v128.store(r, b0);
  v128.store(r, b1, 16);
  v128.store(r, b2, 32);
  v128.store(r, b3, 48);
}
