import { InvalidInput } from '../../errors.ts';
import { placeOf } from '../../input/layout.ts';
import type { Series } from '../../input/series.ts';
import type { Poll } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { Direct } from '../../metric/problem.ts';
import { normalQuantile } from './normal-quantile.ts';

/** The breakpoints between `symbols` symbols that are equally likely for standard normal values: tslearn's `_breakpoints`. */
export const saxBreakpoints = (symbols: number): number[] =>
  Array.from({ length: symbols - 1 }, (_, k) => normalQuantile((k + 1) / symbols));

/** Numbers scanned between two polls: about a millisecond. */
const NUMBERS = 200_000;

/**
 * The symbols of a series, segments x d: how many breakpoints the mean of each segment reaches. All segments are n / segments steps long; a
 * step that spans two of them counts in each in proportion. (tslearn drops steps at the end.)
 *
 * @throws InvalidInput if there are more segments than steps
 */
export function saxSymbols(
  { data, n, d }: Series,
  segments: number,
  breakpoints: readonly number[],
  poll: Poll = () => {},
): Int32Array {
  if (segments > n) {
    const message = `${segments} segments need at least as many steps, but there are ${n}`;
    throw new InvalidInput(message, ['n_segments'], 'unfit_parameter');
  }
  const symbols = new Int32Array(segments * d);
  const pollEvery = Math.ceil(NUMBERS / (n / segments + breakpoints.length));
  for (let at = 0; at < symbols.length; at++) {
    if (at % pollEvery === 0) poll();
    const mean = segmentMean(data.subarray(at % d), n, d, segments, Math.floor(at / d));
    symbols[at] = breakpoints.filter((border) => mean >= border).length;
  }
  return symbols;
}

/**
 * In units of 1 / segments of a step: step i covers units i segments to (i + 1) segments, and segment t covers units t n to (t + 1) n. A step
 * counts by whole units, so that the mean of integers is exact and 0 meets the breakpoint 0.
 */
function segmentMean(channel: Float64Array, n: number, d: number, segments: number, t: number): number {
  const [from, to] = [t * n, (t + 1) * n];
  let sum = 0;
  for (let i = Math.floor(from / segments); i * segments < to; i++) {
    const parts = Math.min(to, (i + 1) * segments) - Math.max(from, i * segments);
    sum += parts * channel[i * d];
  }
  return sum / n;
}

/** The cost of a symbol besides its breakpoints. */
const SYMBOL = 40;

interface Options {
  readonly n_segments: number | null;
  readonly alphabet_size_avg: number;
  readonly breakpoints_avg: readonly number[] | null;
  readonly size_fitted: number | null;
}

/** MINDIST: neighbouring symbols have distance 0, others the distance of the breakpoints between them (Lin, Keogh, Wei and Lonardi, 2007). */
export function saxSolver({ n_segments, alphabet_size_avg, breakpoints_avg, size_fitted }: Options): Direct {
  if (breakpoints_avg) requireBreakpoints(breakpoints_avg, n_segments);
  const breakpoints = breakpoints_avg ?? saxBreakpoints(alphabet_size_avg);
  const symbolsOf = (series: Series, name: string, poll: Poll) => {
    if (breakpoints_avg) return given(series, name, breakpoints.length);
    return saxSymbols(series, n_segments ?? Math.min(10, series.n), breakpoints, poll);
  };
  return {
    cost: (d) => ({
      visited: (n) => (breakpoints_avg ? n : n + (n_segments ?? Math.min(10, n)) * (SYMBOL + breakpoints.length)),
      factors: [{ times: 4, of: 'converting both series to symbols' }, ...(d > 1 ? [channelFactor(d, 0, 1)] : [])],
      step: 0,
      pair: PAIR,
    }),
    solve(s1, s2, _wanted, poll) {
      const [a, b] = [symbolsOf(s1, 's1', poll), symbolsOf(s2, 's2', poll)];
      let sum = 0;
      for (let at = 0; at < a.length; at++) {
        const [low, high] = [Math.min(a[at], b[at]), Math.max(a[at], b[at])];
        if (high - low > 1) sum += (breakpoints[high - 1] - breakpoints[low]) ** 2;
      }
      return { value: Math.sqrt((sum * (size_fitted ?? s1.n) * s1.d) / a.length) };
    },
  };
}

function requireBreakpoints(breakpoints: readonly number[], segments: number | null): void {
  const at = breakpoints.findIndex((one, k) => k > 0 && one < breakpoints[k - 1]);
  if (at > 0) {
    const message = `breakpoints must increase, but ${breakpoints[at]} comes after ${breakpoints[at - 1]}`;
    throw new InvalidInput(message, ['breakpoints_avg', at], 'unfit_parameter');
  }
  if (segments === null) return;
  const message = 'with breakpoints_avg the series are the symbols already: omit n_segments';
  throw new InvalidInput(message, ['n_segments'], 'unfit_parameter');
}

/** Series that already consist of symbols. */
function given({ data, d, ndim, layout }: Series, name: string, most: number): Int32Array {
  const wrong = data.findIndex((value) => !Number.isInteger(value) || value < 0 || value > most);
  if (wrong === -1) return Int32Array.from(data);
  const message = `with breakpoints_avg, a series must consist of symbols, integers from 0 to ${most}: got ${data[wrong]}`;
  throw new InvalidInput(message, [name, ...placeOf(wrong, d, ndim, layout)]);
}
