import { candidates, cells, fillLanes, finalColumn, firstColumn, hasRow, isBanded, keepLast, leave, leftBorder, longest, row, rows, stepOfRow, stride, table, top, unfinished } from './batch';
import { differ, firstOfAll, lastOfAll, outside, takeBack } from './lane-bands';
import { MAGNITUDE, ONE } from './lanes';
import { costs } from './local-cost';
import { PENALTY } from './moves';
import { reduce } from './reduce';
import { prepare } from './recurrence';

/**
 * Computes `count` rows of a batch. A cell waits for its left neighbour, but four vectors of two pairs each are on their way at once: together they take
 * little longer than one. The cells of a pair are those of the wavefront, bit by bit: they are reduced by the same function.
 */
// @ts-ignore: decorator
@inline
export function sweepRows<M, P>(count: i32): void {
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    // Row -1.
    if (begin == 0) startRows<M>();
    if (isBanded()) someRows<M, P>(begin, end, true);
    else someRows<M, P>(begin, end, false);
    if (hasRow(end)) continue;
    keepLast(cells);
    leave();
  }
}

/** Rows begin..end - 1 of a query. `banded`, a constant: whether each row has columns of its own. */
// @ts-ignore: decorator
@inline
export function someRows<M, P>(begin: i32, end: i32, banded: bool): void {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const infinity = f64x2.splat(Infinity);
  const magnitude = v128.load(MAGNITUDE);
  const one = v128.load(ONE);
  const penalty = v128.load(PENALTY);
  const yStep = stride;
  for (let i = begin; i < end; i++) {
    const first = banded ? firstColumn(i) : 0;
    const last = banded ? finalColumn(i) : longest - 1;
    // What the row above does not have.
    if (banded && i > 0) {
      const above = finalColumn(i - 1);
      if (last > above) fillLanes(cells + (<usize>(above + 2) << 6), last - above, infinity);
    }
    prepare<M>(i, first, last);
    const x = stepOfRow<P>(i);
    const s0 = recurrence.load(x);
    const s1 = lanes.apart ? recurrence.load(x + lanes.apart) : s0;
    const s2 = lanes.apart ? recurrence.load(x + 2 * lanes.apart) : s0;
    const s3 = lanes.apart ? recurrence.load(x + 3 * lanes.apart) : s0;
    // @ts-ignore: only some have it
    const a = isDefined(recurrence.inRow) ? recurrence.firstOfRow(x) : infinity;
    // @ts-ignore: only some have it
    const b = isDefined(recurrence.inRow) ? recurrence.secondOfRow(x) : infinity;
    // R[i, first - 1].
    let l0 = infinity;
    let l1 = infinity;
    let l2 = infinity;
    let l3 = infinity;
    // @ts-ignore: only some have it
    if (isDefined(recurrence.bordered)) {
      if (first == 0) {
        const border = x + leftBorder;
        l0 = lanes.x(border);
        l1 = lanes.x(border + lanes.apart);
        l2 = lanes.x(border + 2 * lanes.apart);
        l3 = lanes.x(border + 3 * lanes.apart);
      }
    }
    let start = first;
    if (banded && differ()) {
      start = firstOfAll(i);
      if (start > first) {
        v128.store(LEFT, l0);
        v128.store(LEFT, l1, 16);
        v128.store(LEFT, l2, 32);
        v128.store(LEFT, l3, 48);
        someColumns<M, P>(i, first, start);
        l0 = v128.load(LEFT);
        l1 = v128.load(LEFT, 16);
        l2 = v128.load(LEFT, 32);
        l3 = v128.load(LEFT, 48);
      }
    }
    let r = cells + (<usize>start << 6);
    let y = candidates + <usize>start * yStep;
    let c = costs + (<usize>start << 6);
    let t = table + (<usize>(start - i) << 6);
    const stop = cells + (<usize>(last + 1) << 6);
    // A cell is stored only when its diagonal neighbour, which was in its place, has been loaded again: kept in registers, too little would be left of them. If the
    // number of columns is odd, one more is computed. Nothing comes of it: there is room for it, nothing flows to the left, and the next row does not believe it.
    for (; r < stop; r += 128, y += yStep, c += 64, t += 64) {
      const d0 = v128.load(r);
      v128.store(r, l0);
      l0 = cell<M, P>(d0, v128.load(r, 64), l0, s0, a, b, magnitude, one, penalty, x, y, c, t, 0);
      const d1 = v128.load(r, 16);
      v128.store(r, l1, 16);
      l1 = cell<M, P>(d1, v128.load(r, 80), l1, s1, a, b, magnitude, one, penalty, x, y, c, t, 1);
      const d2 = v128.load(r, 32);
      v128.store(r, l2, 32);
      l2 = cell<M, P>(d2, v128.load(r, 96), l2, s2, a, b, magnitude, one, penalty, x, y, c, t, 2);
      const d3 = v128.load(r, 48);
      v128.store(r, l3, 48);
      l3 = cell<M, P>(d3, v128.load(r, 112), l3, s3, a, b, magnitude, one, penalty, x, y, c, t, 3);
      y += yStep;
      c += 64;
      t += 64;
      const e0 = v128.load(r, 64);
      v128.store(r, l0, 64);
      l0 = cell<M, P>(e0, v128.load(r, 128), l0, s0, a, b, magnitude, one, penalty, x, y, c, t, 0);
      const e1 = v128.load(r, 80);
      v128.store(r, l1, 80);
      l1 = cell<M, P>(e1, v128.load(r, 144), l1, s1, a, b, magnitude, one, penalty, x, y, c, t, 1);
      const e2 = v128.load(r, 96);
      v128.store(r, l2, 96);
      l2 = cell<M, P>(e2, v128.load(r, 160), l2, s2, a, b, magnitude, one, penalty, x, y, c, t, 2);
      const e3 = v128.load(r, 112);
      v128.store(r, l3, 112);
      l3 = cell<M, P>(e3, v128.load(r, 176), l3, s3, a, b, magnitude, one, penalty, x, y, c, t, 3);
    }
    v128.store(r, l0);
    v128.store(r, l1, 16);
    v128.store(r, l2, 32);
    v128.store(r, l3, 48);
    if (banded && differ()) takeBack(cells, i, max(start, lastOfAll(i) + 1), last, infinity);
  }
}

/** R[i, j - 1] where `someColumns` begins, and where it ends. */
const LEFT: usize = memory.data(64, 16);

/** Columns first..end - 1 of row i, some of which not all lanes have. */
function someColumns<M, P>(i: i32, first: i32, end: i32): void {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const infinity = f64x2.splat(Infinity);
  const magnitude = v128.load(MAGNITUDE);
  const one = v128.load(ONE);
  const penalty = v128.load(PENALTY);
  const x = stepOfRow<P>(i);
  // @ts-ignore: only some have it
  const a = isDefined(recurrence.inRow) ? recurrence.firstOfRow(x) : infinity;
  // @ts-ignore: only some have it
  const b = isDefined(recurrence.inRow) ? recurrence.secondOfRow(x) : infinity;
  for (let j = first; j < end; j++) {
    const r = cells + (<usize>j << 6);
    const y = candidates + <usize>j * stride;
    const c = costs + (<usize>j << 6);
    const t = table + (<usize>(j - i) << 6);
    for (let k: usize = 0; k < 4; k++) {
      const here = r + 16 * k;
      const d = v128.load(here);
      const l = v128.load(LEFT + 16 * k);
      v128.store(here, l);
      const found = cell<M, P>(d, v128.load(here, 64), l, recurrence.load(x + k * lanes.apart), a, b, magnitude, one, penalty, x, y, c, t, k);
      v128.store(LEFT + 16 * k, v128.bitselect(infinity, found, outside(i, j, k)));
    }
  }
}

/** R of the pairs of vector k. With a query for each of them, what belongs to its row stays in memory. */
// @ts-ignore: decorator
@inline
function cell<M, P>(
  d: v128, u: v128, l: v128, step: v128, a: v128, b: v128, magnitude: v128, one: v128, penalty: v128, x: usize, y: usize, c: usize, t: usize, k: usize,
): v128 {
  const recurrence = changetype<M>(0);
  const apart = changetype<P>(0).apart;
  // @ts-ignore: only some have it
  if (!isDefined(recurrence.inRow)) return reduce<M>(d, u, l, step, x + k * apart, y + 16 * k, c + 16 * k, t + 16 * k);
  const own = x + k * apart;
  // @ts-ignore: only some have it
  const first = apart ? recurrence.firstOfRow(own) : a;
  // @ts-ignore: only some have it
  const second = apart ? recurrence.secondOfRow(own) : b;
  // @ts-ignore: only some have it
  return recurrence.inRow(d, u, l, step, first, second, magnitude, one, penalty, y, c, t, 16 * k);
}

/** Row -1 as far as row 0 needs it. */
// @ts-ignore: decorator
@inline
export function startRows<M>(): void {
  const reach = finalColumn(0) + 1;
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).bordered)) memory.copy(cells + 64, top, <usize>reach << 6);
  else fillLanes(cells + 64, reach, f64x2.splat(Infinity));
  fillLanes(cells, 1, f64x2.splat(0));
}
