import type { Moves, Recurrence } from '../types.ts';
import type { Instance } from './instance.ts';
import type { Layout } from './layout.ts';

/** The recurrences that the module has sweeps for. */
export type SweepKind = 'dtw' | 'adtw' | 'wdtw' | 'frechet' | 'erp' | 'edr' | 'msm' | 'twe' | 'gak';

/** The sweep that runs a recurrence on series of d values per step; undefined if there is none. */
export function sweepKind(recurrence: Recurrence, d: number): SweepKind | undefined {
  const { moves, reduce } = recurrence;
  switch (moves.kind) {
    case 'warp':
      if (moves.local.cost === 'gak') return isPlainKernel(recurrence) ? 'gak' : undefined;
      if (moves.local.cost !== 'sqeuclidean') return undefined;
      if (moves.g !== undefined) return reduce === 'min' && !moves.penalty ? 'wdtw' : undefined;
      if (reduce === 'minimax') return 'frechet';
      return moves.penalty ? 'adtw' : 'dtw';
    case 'erp':
    case 'edr':
      return reduce === 'min' ? moves.kind : undefined;
    case 'msm':
      return reduce === 'min' && d === 1 && moves.independent ? 'msm' : undefined;
    case 'twe':
      return reduce === 'min' && d === 1 ? 'twe' : undefined;
    default:
      return undefined;
  }
}

/** gak's sweep is for a soft minimum with gamma 1, as the kernel is defined, and for moves without extra cost. */
const isPlainKernel = (recurrence: Recurrence): boolean =>
  recurrence.reduce === 'softmin' &&
  recurrence.gamma === 1 &&
  recurrence.moves.kind === 'warp' &&
  !recurrence.moves.penalty &&
  recurrence.moves.g === undefined;

/** The sweep by the name of its export. */
export const sweepName = (kind: SweepKind, d: number): string => (d === 1 ? kind : `${kind}Any`);

/** Whether an infinite local cost makes R infinite: `ownFence` in assembly/recurrence.ts. */
export const hasOwnFence = (kind: SweepKind): boolean => kind === 'dtw' || kind === 'adtw' || kind === 'frechet';

/** Writes the costs of the moves to the instance's memory. */
export function layOutMoves(instance: Instance, kind: SweepKind, moves: Moves, layout: Layout): void {
  const { wasm } = instance;
  const { n, m } = layout.pair;
  if (moves.kind === 'warp') {
    const { penalty = 0, g } = moves;
    if (kind === 'adtw') wasm.setConstants(penalty, 0);
    if (g === undefined) return;
    const half = Math.max(n, m) / 2;
    layOutTables(instance, layout, (difference) => 1 / (1 + Math.exp(-g * (Math.abs(difference) - half))));
  } else if (moves.kind === 'erp') {
    layOutGaps(instance, moves.g, layout);
  } else if (moves.kind === 'edr') {
    wasm.setConstants(1, moves.epsilon);
    layOutBorders(
      instance,
      layout,
      (i) => i + 1,
      (j) => j + 1,
    );
  } else if (moves.kind === 'msm') {
    wasm.setConstants(moves.c, 0);
    const { s1, s2 } = layout.pair;
    const way = (s: Float64Array, sign: number) => (at: number) => moves.c + sign * (at > 0 ? s[at] - s[at - 1] : 0);
    layOutStepCosts(instance, layout, way(s1, 1), way(s2, 1));
    layOutStepCosts(instance, layout, way(s1, -1), way(s2, -1), wasm.setStepCostsBack);
  } else if (moves.kind === 'twe') {
    const { s1, s2 } = layout.pair;
    // Before the first step both series are 0, like the padding around them.
    const step = (s: Float64Array) => (at: number) =>
      Math.abs(s[at] - (at > 0 ? s[at - 1] : 0)) + moves.nu + moves.lmbda;
    layOutStepCosts(instance, layout, step(s1), step(s2));
    layOutTables(instance, layout, (difference) => 2 * moves.nu * Math.abs(difference));
  }
}

/** ERP's gaps; the borders hold their running sums. */
function layOutGaps(instance: Instance, g: readonly number[], layout: Layout): void {
  const { s1, s2, d } = layout.pair;
  const gapOf = (s: Float64Array) => (step: number) => {
    let sum = 0;
    for (let channel = 0; channel < d; channel++) sum += (s[step * d + channel] - g[channel]) ** 2;
    return Math.sqrt(sum);
  };
  const running = (gap: ByStep) => {
    let sum = 0;
    return (step: number) => {
      sum += gap(step);
      return sum;
    };
  };
  layOutStepCosts(instance, layout, gapOf(s1), gapOf(s2));
  layOutBorders(instance, layout, running(gapOf(s1)), running(gapOf(s2)));
}

/** Weights by i - j, with even and odd differences apart, since a diagonal has only one or the other. */
function layOutTables(instance: Instance, { pair: { n, m } }: Layout, weight: (difference: number) => number): void {
  const half = (Math.max(n, m) >> 1) + 16;
  const even = instance.takeNumbers(2 * half) + half * 8;
  const odd = instance.takeNumbers(2 * half) + half * 8;
  for (let q = -half; q < half; q++) {
    instance.f64[(even >> 3) + q] = weight(2 * q);
    instance.f64[(odd >> 3) + q] = weight(2 * q + 1);
  }
  instance.wasm.setTables(even, odd);
}

type ByStep = (step: number) => number;

/** The cost of a step by itself, laid out like the first channel of each series. */
function layOutStepCosts(
  instance: Instance,
  { pair: { n, m }, x, y }: Layout,
  ofX: ByStep,
  ofY: ByStep,
  set: (fromX: number, fromY: number) => void = instance.wasm.setStepCosts,
): void {
  const atX = instance.takeNumbers(n);
  const atY = instance.takeNumbers(m);
  const { f64 } = instance;
  for (let i = 0; i < n; i++) f64[(atX >> 3) + i] = ofX(i);
  for (let j = 0; j < m; j++) f64[(atY >> 3) + m - 1 - j] = ofY(j);
  set(atX - x, atY - y);
}

/** R[i,-1] for every i and R[-1,j] for every j, asked for in their order. */
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
