import type { Band, Moves, Pair, Poll } from '../types.ts';
import type { Instance } from './instance.ts';
import { chosenCost } from './local-cost.ts';
import type { SweepKind } from './move-tables.ts';

/** Where a pair is in an instance's memory. */
export interface Layout {
  readonly pair: Pair;
  /** Address of step 0 of channel 0, and bytes from channel to channel. */
  readonly x: number;
  readonly xStride: number;
  /** The same for the second series, which is stored reversed. */
  readonly y: number;
  readonly yStride: number;
  /** Addresses of the first and the last row of every diagonal; 0 without a band. */
  readonly bandFirst: number;
  readonly bandLast: number;
  /** Diagonals of the table. */
  readonly diagonals: number;
  /** Upper bound on the cells of the longest diagonal. */
  readonly width: number;
  /** Numbers read for the longest diagonal: the width times d. */
  readonly work: number;
  /** Cells of the table that the band allows. */
  readonly cells: number;
}

/** Padding steps around each series that the sweeps read past its ends. */
export const ROOM = 8;

/** Numbers copied between two polls. */
const NUMBERS = 100_000;

/**
 * Lays out a pair and its band for the sweeps: by channel, with the second series reversed. The first is padded with steps of `around`, the second
 * with steps of minus `around`: with Infinity, cells outside the table cost Infinity (and never NaN); 0 is as fast as any number.
 *
 * @returns undefined if the band contains no path
 */
export function layOut(
  instance: Instance,
  pair: Pair,
  moves: Moves,
  band: Band | undefined,
  around: number,
  poll: Poll,
): Layout | undefined {
  const { s1, s2, n, m, d } = pair;
  const xStride = (n + 2 * ROOM) * 8;
  const yStride = (m + 2 * ROOM) * 8;
  const x = instance.take(xStride * d) + ROOM * 8;
  const y = instance.take(yStride * d) + ROOM * 8;
  const diagonals = n + m - 1;
  let width = Math.min(n, m);
  let cells = n * m;
  let bandFirst = 0;
  let bandLast = 0;
  if (band) {
    bandFirst = instance.take(4 * (diagonals + 1));
    bandLast = instance.take(4 * (diagonals + 1));
    const lo = instance.take(4 * n);
    const hi = instance.take(4 * n);
    instance.i32.set(band.lo, lo >> 2);
    instance.i32.set(band.hi, hi >> 2);
    cells = instance.wasm.layOutBand(lo, hi, n, m, bandFirst, bandLast);
    if (cells === 0) return undefined;
    width = instance.wasm.widestDiagonal.value;
  }
  const { f64 } = instance;
  const pollEvery = Math.ceil(NUMBERS / (n + m));
  for (let channel = 0; channel < d; channel++) {
    if (channel > 0 && channel % pollEvery === 0) poll();
    const atX = (x + channel * xStride) >> 3;
    const atY = (y + channel * yStride) >> 3;
    for (let q = 1; q <= ROOM; q++) {
      f64[atX - q] = around;
      f64[atX + n - 1 + q] = around;
      f64[atY - q] = -around;
      f64[atY + m - 1 + q] = -around;
    }
    if (d === 1) f64.set(s1, atX);
    else for (let i = 0, from = channel; i < n; i++, from += d) f64[atX + i] = s1[from];
    for (let j = m - 1, from = channel, to = atY + j; j >= 0; j--, from += d, to--) f64[to] = s2[from];
  }
  instance.wasm.describe(x, xStride, y, yStride, m, d, bandFirst, bandLast);
  instance.wasm.endAt(n - 1, m - 1, band !== undefined);
  const costs = bufferedCosts(moves, d);
  if (costs > 0) {
    if ('local' in moves) instance.wasm.chooseCost(chosenCost(moves.local, d) ?? 0);
    const stride = (n + 2 * ROOM) * 8;
    instance.wasm.keepCosts(instance.take(2 * costs * stride) + ROOM * 8, stride);
  }
  return { pair, x, xStride, y, yStride, bandFirst, bandLast, diagonals, width, work: width * d, cells };
}

/** First and last row of diagonal k. */
export function rowsOf(instance: Instance, layout: Layout, k: number): readonly [number, number] {
  const { n, m } = layout.pair;
  if (!layout.bandFirst) return [Math.max(0, k - m + 1), Math.min(n - 1, k)];
  return [instance.i32[(layout.bandFirst >> 2) + k], instance.i32[(layout.bandLast >> 2) + k]];
}

/** How many numbers each cell has in the buffer of costs that is filled before the sweep. */
export function bufferedCosts(moves: Moves, d: number): number {
  if (d > 1) return moves.kind === 'msm' ? 3 : 1;
  // The sweeps for a single value per step compute it themselves.
  return moves.kind === 'warp' && moves.local.cost !== 'sqeuclidean' && moves.local.cost !== 'gak' ? 1 : 0;
}

/** The sweep by the name of its export. */
export const sweepName = (kind: SweepKind, d: number, moves: Moves): string =>
  bufferedCosts(moves, d) === 0 ? kind : `${kind}Any`;
