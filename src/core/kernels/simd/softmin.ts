import { zeros } from '../short-arrays.ts';
import type { Band, Kernel, Moves, Pair, Poll } from '../types.ts';
import type { Instance, Sweep } from './instance.ts';
import { type Layout, layOut, ROOM } from './layout.ts';
import { layOutMoves } from './layout-moves.ts';
import { simdMin } from './min.ts';
import { moveTables } from './move-tables.ts';
import { inTurns } from './run.ts';
import { SOFT_CELLS, sweepBothWays, type Target } from './soft-backward.ts';
import { type SweepKind, sweepName } from './sweep-kind.ts';
import { temperatureOf } from './temperature.ts';

/** Numbers that are cleared or copied in about a millisecond. */
const NUMBERS = 500_000;

/** The recurrences that the module has soft sweeps for. */
export type SoftKind = SweepKind & ('dtw' | 'adtw' | 'gak');

/** The soft minimum over all paths, softmin(x) = -gamma log sum exp(-x / gamma), gamma > 0. */
export function simdSoftmin(instance: Instance, kind: SoftKind, moves: Moves, gamma: number, budget: number): Kernel {
  const tables = moveTables(moves);
  const prepare = (pair: Pair, band: Band | undefined, poll: Poll) => {
    instance.reset();
    const layout = layOut(instance, pair, band, 0, poll);
    const temperature = temperatureOf(pair, gamma);
    if (!layout || temperature === Infinity) return undefined;
    layOutMoves(instance, tables, layout);
    const stride = (pair.n + 16) * 8;
    instance.wasm.startSoft(instance.take(6 * stride), stride, 1 / (temperature * Math.LN2));
    return { layout, temperature };
  };
  const sweepOf = ({ pair }: Layout, suffix: string) => {
    return instance.wasm[softSweepName(kind, pair.d) + suffix] as Sweep;
  };
  // A path visits at least max(n, m) cells. If there are no more, there is no choice and no entropy: the value is the cost, which
  // may be negligible compared with gamma.
  const onlyPath = simdMin(instance, kind === 'gak' ? 'dtw' : kind, moves);
  const hasOnePath = ({ cells, pair: { n, m } }: Layout) => kind !== 'gak' && cells === Math.max(n, m);
  const result = ({ pair }: Layout, temperature: number) => {
    const exponent = instance.wasm.lastExponent(pair.n - 1);
    if (exponent === Infinity) return Infinity;
    // gak's value is -log k itself: there gamma is only the scale of its local cost.
    const unit = kind === 'gak' ? 1 : temperature;
    return unit * (Math.LN2 * exponent - Math.log(instance.wasm.lastMantissa(pair.n - 1)));
  };

  const backward = (layout: Layout, temperature: number, to: Target, poll: Poll) =>
    sweepBothWays(
      instance,
      layout,
      { forward: sweepOf(layout, ''), weighing: sweepOf(layout, 'Weights') },
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
      if (hasOnePath(layout)) return onlyPath.value(pair, band, poll);
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
      const value = backward(layout, temperature, { gradient1, gradient2, alignment: 0 }, poll);
      const { f64 } = instance;
      for (let channel = 0; channel < d; channel++) {
        const at1 = (gradient1 + channel * layout.xStride) >> 3;
        const at2 = (gradient2 + channel * layout.yStride) >> 3;
        for (let i = 0; i < n; i++) s1[i * d + channel] = 2 * f64[at1 + i];
        for (let j = 0; j < m; j++) s2[j * d + channel] = 2 * f64[at2 + m - 1 - j];
      }
      instance.settle();
      return { value: hasOnePath(layout) ? onlyPath.value(pair, band, poll) : value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const cells = pair.n * pair.m;
      const prepared = prepare(pair, band, poll);
      if (!prepared) return { value: Infinity, alignment: new Float64Array(cells) };
      const { layout, temperature } = prepared;
      const at = instance.take(cells * 8);
      const first = at >> 3;
      inChunks(cells, poll, (from, to) => instance.f64.fill(0, first + from, first + to));
      const value = backward(layout, temperature, { gradient1: 0, gradient2: 0, alignment: at }, poll);
      const alignment = new Float64Array(cells);
      inChunks(cells, poll, (from, to) => alignment.set(instance.f64.subarray(first + from, first + to), from));
      instance.settle();
      return { value: hasOnePath(layout) ? onlyPath.value(pair, band, poll) : value, alignment };
    },
  };
}

/** The sweep by the name of its export. */
export function softSweepName(kind: SoftKind, d: number): string {
  const name = sweepName(kind, d);
  return `soft${name[0].toUpperCase()}${name.slice(1)}`;
}

/** Walks over numbers in chunks, so that `poll` is called every millisecond or two. */
function inChunks(count: number, poll: Poll, visit: (from: number, to: number) => void): void {
  for (let from = 0; from < count; from += NUMBERS) {
    poll();
    visit(from, Math.min(from + NUMBERS, count));
  }
}
