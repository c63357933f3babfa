import type { Band, Pair, Poll } from '../types.ts';
import type { Instance } from './instance.ts';
import type { ByStep, MoveTables } from './move-tables.ts';

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
 * with steps of minus `around`: with Infinity, cells outside the table cost Infinity (and never NaN); 0 is as fast as any number. `costs`: how many numbers each cell
 * has in the buffer of costs.
 *
 * @returns undefined if the band contains no path
 */
export function layOut(
  instance: Instance,
  pair: Pair,
  band: Band | undefined,
  around: number,
  poll: Poll,
  costs = pair.d > 1 ? 1 : 0,
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
  if (costs > 0) {
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

/** Writes the costs of the moves of a pair to the instance's memory, as the wavefront reads them. */
export function layOutMoves(instance: Instance, tables: MoveTables, layout: Layout): void {
  const { wasm } = instance;
  const { penalty, threshold = 0, alone, back, between, warp, border, weight } = tables;
  const { s1, s2, n, m, d } = layout.pair;
  const [first, second] = [
    { data: s1, n, d },
    { data: s2, n: m, d },
  ];
  if (penalty !== undefined) wasm.setConstants(penalty, threshold);
  if (alone) layOutStepCosts(instance, layout, alone(first, false), alone(second, true), wasm.setStepCosts);
  if (back) layOutStepCosts(instance, layout, back(first, false), back(second, true), wasm.setStepCostsBack);
  if (between) layOutStepCosts(instance, layout, between(first, false), between(second, true), wasm.setBetween);
  if (warp) wasm.setWarp(warp.factor, warp.whole);
  if (border) layOutBorders(instance, layout, border(first), border(second));
  if (weight) layOutTables(instance, layout, weight(n, m));
}

/** Weights by i - j, with even and odd differences apart, since a diagonal has only one or the other. */
function layOutTables(instance: Instance, { pair: { n, m } }: Layout, weight: ByStep): void {
  const half = (Math.max(n, m) >> 1) + 16;
  const even = instance.takeNumbers(2 * half) + half * 8;
  const odd = instance.takeNumbers(2 * half) + half * 8;
  for (let q = -half; q < half; q++) {
    instance.f64[(even >> 3) + q] = weight(Math.abs(2 * q));
    instance.f64[(odd >> 3) + q] = weight(Math.abs(2 * q + 1));
  }
  instance.wasm.setTables(even, odd);
}

/** The cost of a step by itself, laid out like the first channel of each series. */
function layOutStepCosts(
  instance: Instance,
  { pair: { n, m }, x, y }: Layout,
  ofX: ByStep,
  ofY: ByStep,
  set: (fromX: number, fromY: number) => void,
): void {
  const atX = instance.takeNumbers(n);
  const atY = instance.takeNumbers(m);
  const { f64 } = instance;
  for (let i = 0; i < n; i++) f64[(atX >> 3) + i] = ofX(i);
  for (let j = 0; j < m; j++) f64[(atY >> 3) + m - 1 - j] = ofY(j);
  set(atX - x, atY - y);
}

/** R[i,-1] for every i and R[-1,j] for every j. */
function layOutBorders(instance: Instance, { pair: { n, m } }: Layout, left: ByStep, top: ByStep): void {
  // One extra number: the diagonal after the last has borders too.
  const length = n + m + 1;
  const atLeft = instance.takeNumbers(length) >> 3;
  const atTop = instance.takeNumbers(length) >> 3;
  const { f64 } = instance;
  for (let i = 0; i < n; i++) f64[atLeft + i] = left(i);
  for (let j = 0; j < m; j++) f64[atTop + j] = top(j);
  f64.fill(Infinity, atLeft + n, atLeft + length).fill(Infinity, atTop + m, atTop + length);
  instance.wasm.setBorders(atLeft * 8, atTop * 8);
}
