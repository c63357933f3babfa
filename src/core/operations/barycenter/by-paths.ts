import { solve } from '../../engines/solve.ts';
import type { CancelFlag } from '../../errors.ts';
import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import type { Params } from '../../metric/params.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { inPair } from '../in-pair.ts';
import type { Center } from './initial.ts';
import type { Minimum } from './lbfgs.ts';
import type { PathOptions } from './options.ts';

/** A dataset to average under a metric that has paths, and where to start. */
export interface Averaging {
  readonly record: MetricRecord;
  readonly params: Params;
  readonly dataset: Dataset;
  readonly weights: Float64Array;
  readonly start: Center;
}

type Pairs = (center: Series, k: number) => { cost: number; path: Int32Array };

/**
 * DTW barycenter averaging (Petitjean, Ketterlin and Gançarski, 2011; majorize-minimize and subgradient: Schultz and Jain, 2018), as
 * tslearn's three functions. The loss is the weighted mean of the squared distances. Stops when the loss changes by less than `tol`, and also
 * when it grows, which only `subgradient` can cause by more than rounding.
 */
export function averageByPaths(averaging: Averaging, options: PathOptions, cancel?: CancelFlag): Minimum {
  const { max_iter, tol, method } = options;
  const pairsOf = pairsBy(averaging, method === 'petitjean', cancel);
  const round =
    method === 'subgradient' ? subgradientRound(averaging, options, pairsOf) : meanRound(averaging, pairsOf);
  let x = averaging.start.data;
  let before = Infinity;
  let iterations = 0;
  let converged = false;
  while (iterations < max_iter) {
    const found = round(x, iterations++);
    x = found.x;
    converged = Math.abs(before - found.loss) < tol;
    if (converged || before < found.loss) break;
    before = found.loss;
  }
  return { x, value: lossAt(averaging, x, pairsOf), iterations, converged };
}

/** The squared distance to series k, and its pairs: each a step of the center and one of the series. */
function pairsBy({ record, params, dataset }: Averaging, fromSeries: boolean, cancel?: CancelFlag): Pairs {
  return (center, k) => {
    const one = seriesAt(dataset, k);
    const [s1, s2] = fromSeries ? [one, center] : [center, one];
    const places = [['the barycenter'], ['dataset', k]] as const;
    try {
      // Every metric with a barycenter has paths.
      const { value, path } = solve(record, s1, s2, params, 'numpy', { path: true }, cancel) as Required<
        ReturnType<typeof solve>
      >;
      return { cost: value * value, path: fromSeries ? swapped(path) : path };
    } catch (error) {
      throw fromSeries ? inPair(error, places[1], places[0]) : inPair(error, places[0], places[1]);
    }
  };
}

function swapped(path: Int32Array): Int32Array {
  const out = new Int32Array(path.length);
  for (let at = 0; at < path.length; at += 2) {
    out[at] = path[at + 1];
    out[at + 1] = path[at];
  }
  return out;
}

/** Each step becomes the weighted mean of everything it is paired with. Returns the loss before that. */
function meanRound({ dataset, weights, start: { n, d } }: Averaging, pairsOf: Pairs) {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return (x: Float64Array) => {
    const center = seriesOf(x, n, d);
    const sum = new Float64Array(n * d);
    const mass = new Float64Array(n);
    let loss = 0;
    for (const [k, w] of weights.entries()) {
      const { cost, path } = pairsOf(center, k);
      const { data } = seriesAt(dataset, k);
      loss += (w / total) * cost;
      for (let at = 0; at < path.length; at += 2) {
        const [i, j] = [path[at], path[at + 1]];
        mass[i] += w;
        for (let channel = 0; channel < d; channel++) sum[i * d + channel] += w * data[j * d + channel];
      }
    }
    return { x: sum.map((all, at) => all / mass[Math.floor(at / d)]), loss };
  };
}

/** Takes a step against the gradient of each squared distance in turn. The loss sums what each was before its step. */
function subgradientRound(
  { dataset, weights, start: { n, d } }: Averaging,
  { initial_step_size, final_step_size }: PathOptions,
  pairsOf: Pairs,
) {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const count = weights.length;
  return (from: Float64Array, iteration: number) => {
    const x = from.slice();
    let loss = 0;
    for (const [k, w] of weights.entries()) {
      const { cost, path } = pairsOf(seriesOf(x, n, d), k);
      const { data } = seriesAt(dataset, k);
      loss += (w / total) * cost;
      const done = iteration === 0 ? k / count : 1;
      const eta = initial_step_size - (initial_step_size - final_step_size) * done;
      const share = (2 * eta * w * count) / total;
      const before = x.slice();
      for (let at = 0; at < path.length; at += 2) {
        const [i, j] = [path[at] * d, path[at + 1] * d];
        for (let channel = 0; channel < d; channel++)
          x[i + channel] -= share * (before[i + channel] - data[j + channel]);
      }
    }
    return { x, loss };
  };
}

function lossAt({ weights, start: { n, d } }: Averaging, x: Float64Array, pairsOf: Pairs): number {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const center = seriesOf(x, n, d);
  return weights.reduce((loss, w, k) => loss + (w / total) * pairsOf(center, k).cost, 0);
}

/** A center as a series. */
export const seriesOf = (data: Float64Array, n: number, d: number): Series => ({ data, n, d, sz: n, ndim: 2 });
