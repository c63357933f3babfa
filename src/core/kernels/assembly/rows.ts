import { candidates, cells, fillLanes, finalColumn, firstColumn, hasRow, keepLast, leave, leftBorder, row, rows, stepOfRow, table, top, unfinished, values } from './batch';
import { costs } from './local-cost';
import { toYBack, toYCosts } from './moves';
import { reduce } from './reduce';
import { prepare } from './recurrence';

/**
 * Computes `count` rows of a batch. A cell waits for its left neighbour, but four vectors of two pairs each are on their way at once: together they take
 * little longer than one. The cells of a pair are those of the wavefront, bit by bit: they are reduced by the same function.
 */
// @ts-ignore: decorator
@inline
export function sweepRows<M, P>(count: i32): void {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const infinity = f64x2.splat(Infinity);
  const yStep = <usize>values << 6;
  while (count > 0 && unfinished()) {
    const begin = row;
    const end = min(rows, begin + count);
    count -= end - begin;
    // Row -1.
    if (begin == 0) startRows<M>();
    // @ts-ignore: only some have it
    const tStep: usize = isDefined(recurrence.keepsTable) ? 0 : 64;
    for (let i = begin; i < end; i++) {
      const first = firstColumn(i);
      const last = finalColumn(i);
      // What the row above does not have.
      if (i > 0) {
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
      const alone = isDefined(recurrence.inRow) ? recurrence.aloneInRow(x) : infinity;
      // @ts-ignore: only some have it
      const back = isDefined(recurrence.inRow) ? recurrence.backInRow(x) : infinity;
      const toAlone = toYCosts();
      const toBack = toYBack();
      // R[i - 1, first - 1] and R[i, first - 1].
      let r = cells + (<usize>first << 6);
      let d0 = v128.load(r);
      let d1 = v128.load(r, 16);
      let d2 = v128.load(r, 32);
      let d3 = v128.load(r, 48);
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
      v128.store(r, l0);
      v128.store(r, l1, 16);
      v128.store(r, l2, 32);
      v128.store(r, l3, 48);
      let y = candidates + <usize>first * yStep;
      let c = costs + (<usize>first << 6);
      // @ts-ignore: only some have it
      let t = isDefined(recurrence.keepsTable) ? table : table + (<usize>(first - i) << 6);
      const stop = cells + (<usize>(last + 1) << 6);
      for (; r < stop; r += 64, y += yStep, c += 64, t += tStep) {
        const u0 = v128.load(r, 64);
        const u1 = v128.load(r, 80);
        const u2 = v128.load(r, 96);
        const u3 = v128.load(r, 112);
        // @ts-ignore: only some have it
        if (isDefined(recurrence.inRow) && lanes.apart == 0) {
          const g = y + toAlone;
          const h = y + toBack;
          l0 = recurrence.inRow(d0, u0, l0, s0, alone, back, y, g, h);
          l1 = recurrence.inRow(d1, u1, l1, s0, alone, back, y + 16, g + 16, h + 16);
          l2 = recurrence.inRow(d2, u2, l2, s0, alone, back, y + 32, g + 32, h + 32);
          l3 = recurrence.inRow(d3, u3, l3, s0, alone, back, y + 48, g + 48, h + 48);
        } else {
          l0 = reduce<M>(d0, u0, l0, s0, x, y, c, t);
          l1 = reduce<M>(d1, u1, l1, s1, x + lanes.apart, y + 16, c + 16, t + 16);
          l2 = reduce<M>(d2, u2, l2, s2, x + 2 * lanes.apart, y + 32, c + 32, t + 32);
          l3 = reduce<M>(d3, u3, l3, s3, x + 3 * lanes.apart, y + 48, c + 48, t + 48);
        }
        v128.store(r, l0, 64);
        v128.store(r, l1, 80);
        v128.store(r, l2, 96);
        v128.store(r, l3, 112);
        d0 = u0;
        d1 = u1;
        d2 = u2;
        d3 = u3;
      }
    }
    if (hasRow(end)) continue;
    keepLast(cells);
    leave();
  }
}

/** Row -1 as far as row 0 needs it. */
// @ts-ignore: decorator
@inline
function startRows<M>(): void {
  const reach = finalColumn(0) + 1;
  // @ts-ignore: only some have it
  if (isDefined(changetype<M>(0).bordered)) memory.copy(cells + 64, top, <usize>reach << 6);
  else fillLanes(cells + 64, reach, f64x2.splat(Infinity));
  fillLanes(cells, 1, f64x2.splat(0));
}
