import type { PathFinder } from '../path-kernel.ts';
import { copied, copiedIntegers, zeros } from '../short-arrays.ts';
import type { Band, Moves, Pair, Poll } from '../types.ts';
import { type Instance, inTurns, type Sweep } from './instance.ts';
import { type Layout, layOut, rowsOf, sweepName } from './layout.ts';
import { isSquared } from './local-cost.ts';
import { moveTables, pathTables, type SweepKind } from './move-tables.ts';
import { layOutMoves } from './moves-layout.ts';

/** Cells in about a millisecond. */
const CELLS = 3_000_000;
/** How often a computation checks whether it can still stay below a limit. */
const CHECKS = 12;
/** Tables of up to this many cells keep the moves of all cells. */
const WHOLE = 1 << 14;
/** Where moves cost nothing by themselves, R is kept up to this size, and says as much. */
const KEPT_BYTES = 1 << 19;

/** The cheapest path. */
export function simdMin(instance: Instance, kind: SweepKind, moves: Moves): PathFinder {
  const ofValue = isFree(kind) ? undefined : moveTables(moves);
  /** Lays everything out, with room for `diagonals` of R beside the first two; undefined if the band contains no path. */
  const prepare = (pair: Pair, band: Band | undefined, poll: Poll, tables = ofValue, diagonals = 2) => {
    instance.reset();
    const layout = layOut(instance, pair, moves, band, hasOwnFence(kind) ? Infinity : 0, poll);
    if (!layout) return undefined;
    const bytes = (pair.n + 16) * 8;
    const stride = apart(bytes);
    instance.wasm.startMin(instance.take((diagonals + 2) * stride), stride, bytes);
    if (tables) layOutMoves(instance, tables, layout);
    if (tables?.border) instance.wasm.startBorders();
    return layout;
  };
  const sweepOf = (pair: Pair, suffix: string) => instance.wasm[sweepName(kind, pair.d, moves) + suffix] as Sweep;
  // Sweeps compute diagonals in pairs: if their number is odd, the last one is the second to last computed.
  const result = ({ diagonals, pair }: Layout) =>
    diagonals % 2 ? instance.wasm.lastButOneR(pair.n - 1) : instance.wasm.lastR(pair.n - 1);

  /** Whether R of all cells is kept: a path or its gradient is then read from it, and no cell is computed twice. */
  const keepsTable = ({ n, m }: Pair) => hasPlainMoves(kind) && (n + m + 3) * apart((n + 16) * 8) <= KEPT_BYTES;

  /** R of all cells; `to` is told the value, and where diagonal 0 is. Undefined if no path leads to the last cell. */
  const table = <T>(pair: Pair, band: Band | undefined, poll: Poll, to: (value: number, first: number) => T) => {
    const { n, m } = pair;
    const layout = prepare(pair, band, poll, ofValue, n + m + 1);
    if (!layout) return undefined;
    const { wasm } = instance;
    const first = wasm.keepDiagonals();
    wasm.endAt(n - 1, m - 1, true);
    inTurns(sweepOf(pair, ''), 0, layout.diagonals, layout.work, CELLS, poll);
    const value = result(layout);
    return value === Infinity ? undefined : to(value, first);
  };

  const gradient: PathFinder['gradient'] = (pair, band, poll) => {
    if (!isSquared(moves) || !keepsTable(pair)) return undefined;
    const found = table(pair, band, poll, (value, first) => {
      const [of1, of2] = [pair.s1.length, pair.s2.length];
      const at = instance.take(8 * (of1 + of2));
      instance.wasm.traceGradient(first, at, at + 8 * of1);
      return { value, s1: copied(instance.f64, at >> 3, of1), s2: copied(instance.f64, (at >> 3) + of1, of2) };
    });
    return found ?? { value: Infinity, s1: zeros(pair.s1.length), s2: zeros(pair.s2.length) };
  };

  const path: PathFinder['path'] = (pair, band, poll) => {
    if (keepsTable(pair)) {
      const found = table(pair, band, poll, (value, first) => {
        const end = instance.take((pair.n + pair.m) * 8) + (pair.n + pair.m) * 8;
        const start = instance.wasm.traceKept(end, first);
        return { value, path: copiedIntegers(instance.i32, start >> 2, (end - start) >> 2) };
      });
      return found ?? { value: Infinity, path: new Int32Array(0) };
    }
    const layout = prepare(pair, band, poll, pathTables(moves) ?? ofValue);
    if (!layout) return { value: Infinity, path: new Int32Array(0) };
    const block = blockOf(layout);
    const blocks = Math.ceil(layout.diagonals / block);
    const moving = sweepOf(pair, 'Moves');
    if (blocks === 1) {
      const tracer = startTrace(instance, layout, block, layout.width);
      instance.wasm.keepMoves(tracer.moves, tracer.index, 0);
      inTurns(moving, 0, layout.diagonals, layout.work, CELLS / 2, poll);
      const value = result(layout);
      if (value === Infinity) return { value, path: new Int32Array(0) };
      tracer.follow(0);
      return { value, path: tracer.path() };
    }
    const saved = forward(instance, layout, block, sweepOf(pair, ofValue?.isSplit ? 'Path' : ''), poll);
    const value = result(layout);
    if (value === Infinity) return { value, path: new Int32Array(0) };
    return { value, path: backward(instance, layout, block, saved, moving, poll) };
  };

  const valueWithin: PathFinder['valueWithin'] = (pair, band, within, poll) => {
    const layout = prepare(pair, band, poll);
    if (!layout) return Infinity;
    const copy = instance.take(2 * 8 * (pair.n + 3));
    const sweep = sweepOf(pair, '');
    const most = Math.max(2, 2 * Math.floor(CELLS / (2 * layout.work)));
    const step = Math.min(most, Math.max(32, 2 * Math.ceil(layout.diagonals / CHECKS / 2)));
    for (let k = 0; k < layout.diagonals; k += step) {
      poll();
      if (k > 0 && leastAhead(instance, layout, k, copy, within.rest) > within.limit) return Infinity;
      sweep(k, Math.min(k + step, layout.diagonals));
    }
    return result(layout);
  };

  return {
    value(pair, band, poll) {
      const layout = prepare(pair, band, poll);
      if (!layout) return Infinity;
      inTurns(sweepOf(pair, ''), 0, layout.diagonals, layout.work, CELLS, poll);
      const { s1, s2, n, m } = pair;
      return ofValue?.isSplit ? result(layout) + Math.abs(s1[n - 1] - s2[m - 1]) / 2 : result(layout);
    },
    // With a border, a path may enter after the diagonals that are checked; a minimax has nothing to sum.
    ...((kind === 'dtw' || kind === 'adtw') && { valueWithin }),
    path,
    ...(kind === 'dtw' && { gradient }),
  };
}

/** Whether moves cost nothing by themselves. */
const isFree = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'frechet';

/** Whether an infinite local cost makes R infinite: `ownFence` in assembly/recurrence.ts. */
const hasOwnFence = (kind: SweepKind): boolean => isFree(kind) || kind === 'adtw';

/** Whether all moves into a cell cost the same, so that R of the cells that they come from says which is best. */
const hasPlainMoves = (kind: SweepKind): boolean => isFree(kind) || kind === 'wdtw';

/** A lower bound on every path, since each goes through one of the two diagonals before k: R there, plus what remains to be paid. */
function leastAhead(instance: Instance, layout: Layout, k: number, copy: number, rest: Float64Array): number {
  const [first2, last2] = rowsOf(instance, layout, k - 2);
  const [first1, last1] = rowsOf(instance, layout, k - 1);
  const first = Math.min(first1, first2);
  const last = Math.max(last1, last2);
  instance.wasm.saveRows(copy, first, last);
  const { f64 } = instance;
  const before2 = (copy >> 3) + 1 - first;
  const before1 = before2 + last - first + 3;
  let least = Infinity;
  for (let i = first2; i <= last2; i++) least = Math.min(least, f64[before2 + i] + rest[i + 1]);
  for (let i = first1; i <= last1; i++) least = Math.min(least, f64[before1 + i] + rest[i + 1]);
  return least;
}

/**
 * How many diagonals to recompute at a time. The triangle of cells before a cell on the path, block^2 / 2, must be recomputed for
 * each of diagonals / block blocks, and two diagonals must be saved for each.
 */
function blockOf({ diagonals, width }: Layout): number {
  if (diagonals * width <= WHOLE) return diagonals + (diagonals % 2);
  return Math.max(32, 2 * Math.round(Math.sqrt(width)));
}

/**
 * Bytes from one rolling diagonal to the next. All are walked in step, and a load waits for a store whose address has the same last 12 bits: at a
 * quarter of 4096 apart, none is near another (7 % at n = 1000).
 */
const apart = (bytes: number): number =>
  bytes <= 2048 ? Math.ceil(bytes / 64) * 64 : 4096 * Math.ceil((bytes - 1088) / 4096) + 1088;

/** Where R was saved before each block. */
interface Saved {
  readonly at: number;
  readonly first: number;
  readonly last: number;
}

/** Sweeps over the whole table, saving the two diagonals before each block. */
function forward(instance: Instance, layout: Layout, block: number, sweep: Sweep, poll: Poll): Saved[] {
  const saved: Saved[] = [];
  for (let k = 0; k < layout.diagonals; k += block) {
    const [first, last] = rowsOf(instance, layout, k);
    const at = instance.take(2 * 8 * (last - first + 3));
    instance.wasm.saveRows(at, first, last);
    saved.push({ at, first, last });
    inTurns(sweep, k, Math.min(k + block, layout.diagonals), layout.work, CELLS, poll);
  }
  return saved;
}

/**
 * Traces the path from its end, block by block. In each block, only those cells are recomputed from which the path's cell in the next block can
 * be reached. They form a table of their own that ends at this cell.
 */
function backward(
  instance: Instance,
  layout: Layout,
  block: number,
  saved: Saved[],
  moving: Sweep,
  poll: Poll,
): Int32Array {
  const { wasm } = instance;
  const tracer = startTrace(instance, layout, block, block);
  let [i, j] = [layout.pair.n - 1, layout.pair.m - 1];
  while (i >= 0 && j >= 0) {
    poll();
    const b = Math.floor((i + j) / block);
    const begin = b * block;
    const { at, first, last } = saved[b];
    wasm.endAt(i, j, true);
    const windowFirst = Math.max(first, begin - j);
    const windowLast = Math.min(last, i);
    wasm.restoreRows(at, first, last, windowFirst, windowLast);
    wasm.keepMoves(tracer.moves, tracer.index, begin);
    moving(begin, i + j + 1);
    tracer.follow(begin, i, j);
    [i, j] = [wasm.tracedRow.value, wasm.tracedColumn.value];
  }
  return tracer.path();
}

function startTrace(instance: Instance, { pair: { n, m } }: Layout, block: number, width: number) {
  // Two cells in 4 bits; a pass of two diagonals takes its rows eight at a time.
  const passes = block / 2 + 1;
  const moves = instance.take(passes * 4 * (Math.ceil((width + 2) / 8) + 1));
  const index = instance.take(passes * 4);
  const end = instance.take((n + m) * 8) + (n + m) * 8;
  let start = end;
  return {
    moves,
    index,
    follow(k: number, i = n - 1, j = m - 1): void {
      start = instance.wasm.trace(start, i, j, k);
    },
    path: () => instance.i32.slice(start >> 2, end >> 2),
  };
}
