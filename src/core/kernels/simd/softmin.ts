import { zeros } from '../short-arrays.ts';
import { moveCosts } from '../twin/costs.ts';
import type { Band, Kernel, Moves, Pair, Poll } from '../types.ts';
import { type BackSweep, type Instance, inTurns, type Sweep } from './instance.ts';
import { type Layout, layOut, ROOM } from './layout.ts';
import { simdMin } from './min.ts';
import { softMoveTables } from './move-tables.ts';
import { layOutMoves } from './moves-layout.ts';
import { addAlone, backName, layOutSums, paidForConstants } from './soft-adjoint.ts';
import { SOFT_CELLS, sweepBothWays, type Target } from './soft-backward.ts';
import { hasOnePath, type SoftKind, softSweepName } from './soft-kind.ts';
import { heated, reachOf } from './temperature.ts';

/** Numbers that are cleared or copied in about a millisecond. */
const NUMBERS = 500_000;

/** The soft minimum over all paths, softmin(x) = -gamma log sum exp(-x / gamma), gamma > 0. */
export function simdSoftmin(instance: Instance, kind: SoftKind, moves: Moves, gamma: number, budget: number): Kernel {
  const costsOf = moveCosts(moves);
  const prepare = (pair: Pair, band: Band | undefined, poll: Poll) => {
    instance.reset();
    const layout = layOut(instance, pair, moves, band, 0, poll);
    const { s1, s2, n, m, d } = pair;
    const temperature = heated(gamma, moves, reachOf(s1) + reachOf(s2), d * (n + m));
    if (!layout || temperature === Infinity) return undefined;
    const scale = 1 / (temperature * Math.LN2);
    const tables = softMoveTables(moves, scale);
    layOutMoves(instance, tables, layout);
    const stride = (n + 16) * 8;
    instance.wasm.startSoft(instance.take(6 * stride), stride, scale);
    if (tables.border) instance.wasm.startSoftBorders();
    return { layout, temperature };
  };
  const sweepOf = ({ pair }: Layout, suffix: string) => {
    return instance.wasm[softSweepName(kind, pair.d, moves) + suffix] as Sweep;
  };
  // Without a choice there is no entropy: the value is the cost, which may be negligible compared with gamma.
  const onlyPath = simdMin(instance, kind === 'gak' ? 'dtw' : kind, moves);
  const isAlone = ({ cells, pair: { n, m } }: Layout) => hasOnePath(kind, cells, n, m);
  const result = ({ pair }: Layout, temperature: number) => {
    const exponent = instance.wasm.lastExponent(pair.n - 1);
    if (exponent === Infinity) return Infinity;
    // gak's value is -log k itself: there gamma is only the scale of its local cost.
    const unit = kind === 'gak' ? 1 : temperature;
    return unit * (Math.LN2 * exponent - Math.log(instance.wasm.lastMantissa(pair.n - 1)));
  };

  const backward = (layout: Layout, temperature: number, back: string, to: Target, poll: Poll) =>
    sweepBothWays(
      instance,
      layout,
      { forward: sweepOf(layout, ''), weighing: sweepOf(layout, 'Weights'), back: instance.wasm[back] as BackSweep },
      budget,
      () => result(layout, temperature),
      to,
      poll,
    );

  return {
    value(pair, band, poll) {
      const prepared = prepare(pair, band, poll);
      if (!prepared) return Infinity;
      const { layout, temperature } = prepared;
      if (isAlone(layout)) return onlyPath.value(pair, band, poll);
      inTurns(sweepOf(layout, ''), 0, layout.diagonals, layout.work, SOFT_CELLS, poll);
      return result(layout, temperature);
    },
    gradient(pair, band, poll) {
      const s1 = zeros(pair.s1.length);
      const s2 = zeros(pair.s2.length);
      const prepared = prepare(pair, band, poll);
      if (!prepared) return { value: Infinity, s1, s2 };
      const { layout, temperature } = prepared;
      const { n, m, d } = pair;
      const gradient1 = instance.take(layout.xStride * d) + ROOM * 8;
      const gradient2 = instance.take(layout.yStride * d) + ROOM * 8;
      const readSums = layOutSums(instance, kind, layout);
      const value = backward(layout, temperature, backName(kind, d), { gradient1, gradient2, alignment: 0 }, poll);
      const { f64 } = instance;
      const sums = readSums?.();
      // Of squared costs, the sweep leaves half.
      const times = sums ? 1 : 2;
      for (let channel = 0; channel < d; channel++) {
        const at1 = (gradient1 + channel * layout.xStride) >> 3;
        const at2 = (gradient2 + channel * layout.yStride) >> 3;
        for (let i = 0; i < n; i++) s1[i * d + channel] = times * f64[at1 + i];
        for (let j = 0; j < m; j++) s2[j * d + channel] = times * f64[at2 + m - 1 - j];
      }
      if (sums) addAlone(costsOf(pair), sums, s1, s2);
      const constant = paidForConstants(moves, instance.wasm.spent.value, sums);
      instance.settle();
      return {
        value: isAlone(layout) ? onlyPath.value(pair, band, poll) : value,
        s1,
        s2,
        ...(constant !== undefined && { constant }),
      };
    },
    alignment(pair, band, poll) {
      const cells = pair.n * pair.m;
      const prepared = prepare(pair, band, poll);
      if (!prepared) return { value: Infinity, alignment: new Float64Array(cells) };
      const { layout, temperature } = prepared;
      const at = instance.take(cells * 8);
      const first = at >> 3;
      inChunks(cells, poll, (from, to) => instance.f64.fill(0, first + from, first + to));
      const value = backward(layout, temperature, 'softBackAny', { gradient1: 0, gradient2: 0, alignment: at }, poll);
      const alignment = new Float64Array(cells);
      inChunks(cells, poll, (from, to) => alignment.set(instance.f64.subarray(first + from, first + to), from));
      instance.settle();
      return { value: isAlone(layout) ? onlyPath.value(pair, band, poll) : value, alignment };
    },
  };
}

/** Walks over numbers in chunks, so that `poll` is called every millisecond or two. */
function inChunks(count: number, poll: Poll, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += NUMBERS) {
    poll();
    visit(from, Math.min(from + NUMBERS, count));
  }
}
