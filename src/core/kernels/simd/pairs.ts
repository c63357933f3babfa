import { zeros } from '../short-arrays.ts';
import type { Band, Pair, Poll } from '../types.ts';
import type { Instance, Sweep } from './instance.ts';
import { LANES } from './lanes.ts';

/** Values of a lane in about a millisecond. */
const VALUES = 30_000;

/** Values of both series together from which eight pairs take too much memory, and a row too long. */
const MOST_VALUES = 100_000;

/** What a pair of a batch comes to: R[n-1,m-1] and, if it was asked for, d R / d s1 and d R / d s2, shaped like the series. */
export interface PairResult {
  value: number;
  s1?: Float64Array;
  s2?: Float64Array;
}

/** A recurrence on up to eight pairs at once, each of n, m and d like the first, under squared Euclidean costs. */
export interface PairsKernel {
  /** Whether the kernel is for pairs of these sizes. */
  fits(pair: Pair, band: Band | undefined, grad: boolean): boolean;
  /** Undefined if a pair has numbers that are too large for it. */
  solve(pairs: readonly Pair[], band: Band | undefined, grad: boolean, poll: Poll): PairResult[] | undefined;
}

/** How pairs are reduced. */
export interface PairsReducer {
  /** Whether it is for pairs with so many cells. */
  readonly isFor: (pair: Pair, cells: number) => boolean;
  /** Whether it is for numbers up to `reach` in magnitude, both series together. */
  readonly feels: (pair: Pair, reach: number) => boolean;
  /** Bytes that a gradient keeps of the forward sweep. */
  readonly kept: (pair: Pair, cells: number) => number;
  /** The name of the sweep over rows, with gradients or without. */
  readonly sweep: (d: number, grad: boolean) => string;
  /** Takes room, for the way back too, and begins; what is kept is at `kept`. */
  readonly start: (instance: Instance, pair: Pair, kept: number) => void;
  /** R[n-1,m-1] by lane, after the sweep. */
  readonly last: (instance: Instance) => (lane: number) => number;
  /** Adds half of the gradients, in steps of so many rows. */
  readonly back: (instance: Instance, pair: Pair, step: number, poll: Poll) => void;
}

/** A kernel whose gradients may keep `budget` bytes. */
export function pairsKernel(instance: Instance, reducer: PairsReducer, budget: number): PairsKernel {
  const cellsOf = ({ n, m }: Pair, band: Band | undefined) => (band ? cellsIn(band) : n * m);

  const fits: PairsKernel['fits'] = (pair, band, grad) => {
    const cells = cellsOf(pair, band);
    const isSmall = (pair.n + pair.m) * pair.d <= MOST_VALUES && (!grad || reducer.kept(pair, cells) <= budget);
    return isSmall && reducer.isFor(pair, cells);
  };

  const solve: PairsKernel['solve'] = (pairs, band, grad, poll) => {
    const first = pairs[0] as Pair;
    const { n, m, d } = first;
    instance.reset();
    const { wasm } = instance;
    const [xBytes, yBytes] = [64 * n * d, 64 * m * d];
    const x = instance.take(xBytes);
    const y = instance.take(yBytes);
    const [from, to] = band ? [instance.take(4 * n), instance.take(4 * n)] : [0, 0];
    const costs = d > 1 ? instance.take(64 * m) : 0;
    const gradient1 = grad ? instance.take(xBytes) : 0;
    const gradient2 = grad ? instance.take(yBytes) : 0;
    const kept = grad ? instance.take(reducer.kept(first, cellsOf(first, band))) : 0;
    wasm.describePairs(x, y, n, m, d, from, to, costs, gradient1, gradient2);
    reducer.start(instance, first, kept);
    const { f64, i32 } = instance;
    if (band) {
      i32.set(band.lo, from >> 2);
      i32.set(band.hi, to >> 2);
    }
    for (let lane = 0; lane < LANES; lane++) {
      // Lanes without a pair repeat the last one.
      const pair = pairs[Math.min(lane, pairs.length - 1)] as Pair;
      const reach = spread(pair.s1, f64, (x >> 3) + lane) + spread(pair.s2, f64, (y >> 3) + lane);
      if (!reducer.feels(pair, reach)) return undefined;
    }
    if (grad) {
      f64.fill(0, gradient1 >> 3, (gradient1 + xBytes) >> 3);
      f64.fill(0, gradient2 >> 3, (gradient2 + yBytes) >> 3);
    }
    const sweep = wasm[reducer.sweep(d, grad)] as Sweep;
    const step = Math.max(1, Math.floor(VALUES / (m * d)));
    for (let i = 0; i < n; i += step) {
      poll();
      sweep(i, Math.min(n, i + step));
    }
    const last = reducer.last(instance);
    const found: PairResult[] = pairs.map((_, lane) => ({ value: last(lane) }));
    if (grad) {
      reducer.back(instance, first, step, poll);
      for (const [lane, result] of found.entries()) {
        result.s1 = gathered(f64, (gradient1 >> 3) + lane, zeros(n * d));
        result.s2 = gathered(f64, (gradient2 >> 3) + lane, zeros(m * d));
      }
    }
    instance.settle();
    return found;
  };

  return { fits, solve };
}

/** Writes numbers to a lane, and returns the largest magnitude among them. */
function spread(numbers: Float64Array, to: Float64Array, at: number): number {
  let reach = 0;
  for (let v = 0, place = at; v < numbers.length; v++, place += LANES) {
    const x = numbers[v];
    to[place] = x;
    if (x > reach) reach = x;
    else if (-x > reach) reach = -x;
  }
  return reach;
}

/** The sweeps leave half of a gradient. */
function gathered(from: Float64Array, at: number, to: Float64Array): Float64Array {
  for (let v = 0, place = at; v < to.length; v++, place += LANES) to[v] = 2 * from[place];
  return to;
}

function cellsIn({ lo, hi }: Band): number {
  let cells = 0;
  for (let i = 0; i < lo.length; i++) cells += hi[i] - lo[i] + 1;
  return cells;
}
