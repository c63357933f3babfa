import type { Instance } from './instance.ts';
import type { Layout } from './layout.ts';
import type { ByStep, MoveTables } from './move-tables.ts';

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
