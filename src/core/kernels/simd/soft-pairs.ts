import type { Band, Pair, Poll } from '../types.ts';
import type { Instance, Sweep } from './instance.ts';
import { LANES } from './lanes.ts';
import { reachOf } from './temperature.ts';

/** Values of a lane in about a millisecond. */
const VALUES = 30_000;
/** Bytes of the weights of a cell. */
const WEIGHTS = 128;
/** assembly/soft-pairs.ts */
const BIAS = 1.5 * 2 ** 52;
/** Exponents of a whole path stay below this. */
const LARGEST = 2 ** 49;

/** What a pair of a batch comes to: R[n-1,m-1] and, if it was asked for, d R / d s1 and d R / d s2, shaped like the series. */
export interface PairResult {
  value: number;
  s1?: Float64Array;
  s2?: Float64Array;
}

/** The soft minimum of up to eight pairs at once, each of n, m and d like the first, under squared Euclidean costs. */
export interface SoftPairs {
  /** Whether the pairs of these sizes fit: their weights, and the number of their paths, of which there must be a choice. */
  fits(pair: Pair, band: Band | undefined, grad: boolean): boolean;
  /** Undefined if the costs of a pair are too large for gamma to be felt. */
  solve(pairs: readonly Pair[], band: Band | undefined, grad: boolean, poll: Poll): PairResult[] | undefined;
}

/** The soft minimum with gamma > 0; weights may take `budget` bytes. */
export function softPairs(instance: Instance, gamma: number, budget: number): SoftPairs {
  const scale = 1 / (gamma * Math.LN2);

  const fits: SoftPairs['fits'] = ({ n, m }, band, grad) => {
    const cells = band ? cellsOf(band) : n * m;
    return cells > Math.max(n, m) && (!grad || WEIGHTS * cells <= budget);
  };

  const solve: SoftPairs['solve'] = (pairs, band, grad, poll) => {
    const { n, m, d } = pairs[0] as Pair;
    for (const { s1, s2 } of pairs) {
      const spread = reachOf(s1) + reachOf(s2);
      if (!(spread * spread * d * (n + m) * scale < LARGEST)) return undefined;
    }
    instance.reset();
    const { wasm } = instance;
    const [xBytes, yBytes] = [64 * n * d, 64 * m * d];
    const x = instance.take(xBytes);
    const y = instance.take(yBytes);
    const [from, to] = band ? [instance.take(4 * n), instance.take(4 * n)] : [0, 0];
    const rows = instance.take(5 * 64 * (m + 2));
    const weights = grad ? instance.take(WEIGHTS * (band ? cellsOf(band) : n * m)) : 0;
    const passed = grad ? instance.take(64 * (m + 2)) : 0;
    const gradient1 = grad ? instance.take(xBytes) : 0;
    const gradient2 = grad ? instance.take(yBytes) : 0;
    const { f64, i32 } = instance;
    if (band) {
      i32.set(band.lo, from >> 2);
      i32.set(band.hi, to >> 2);
    }
    for (let lane = 0; lane < LANES; lane++) {
      // Lanes without a pair repeat the last one.
      const { s1, s2 } = pairs[Math.min(lane, pairs.length - 1)] as Pair;
      spread(s1, f64, (x >> 3) + lane);
      spread(s2, f64, (y >> 3) + lane);
    }
    wasm.describePairs(x, y, n, m, d, from, to, scale);
    wasm.startPairs(rows, weights);
    const name = d === 1 ? 'softPairs' : 'softPairsAny';
    const sweep = wasm[grad ? `${name}Weights` : name] as Sweep;
    const step = Math.max(1, Math.floor(VALUES / (m * d)));
    for (let i = 0; i < n; i += step) {
      poll();
      sweep(i, Math.min(n, i + step));
    }
    const mantissas = wasm.pairsMantissas() >> 3;
    const exponents = wasm.pairsExponents() >> 3;
    const found: PairResult[] = pairs.map((_, lane) => ({
      value: gamma * (Math.LN2 * (f64[exponents + lane] - BIAS) - Math.log(f64[mantissas + lane])),
    }));
    if (!grad) return found;
    f64.fill(0, gradient1 >> 3, (gradient1 + xBytes) >> 3);
    f64.fill(0, gradient2 >> 3, (gradient2 + yBytes) >> 3);
    wasm.startPairsBack(passed, gradient1, gradient2);
    for (let i = n; i > 0; i -= step) {
      poll();
      wasm[`${name}Back`](Math.max(0, i - step), i);
    }
    const all = new Float64Array(pairs.length * (n + m) * d);
    for (const [lane, result] of found.entries()) {
      const start = lane * (n + m) * d;
      result.s1 = gathered(f64, (gradient1 >> 3) + lane, all.subarray(start, start + n * d));
      result.s2 = gathered(f64, (gradient2 >> 3) + lane, all.subarray(start + n * d, start + (n + m) * d));
    }
    instance.settle();
    return found;
  };

  return { fits, solve };
}

function spread(numbers: Float64Array, to: Float64Array, at: number): void {
  for (let v = 0, place = at; v < numbers.length; v++, place += LANES) to[place] = numbers[v];
}

/** The sweeps leave half of a gradient. */
function gathered(from: Float64Array, at: number, to: Float64Array): Float64Array {
  for (let v = 0, place = at; v < to.length; v++, place += LANES) to[v] = 2 * from[place];
  return to;
}

function cellsOf({ lo, hi }: Band): number {
  let cells = 0;
  for (let i = 0; i < lo.length; i++) cells += hi[i] - lo[i] + 1;
  return cells;
}
