import { z } from 'zod';
import { costOf } from '../../engines/cost.ts';
import { crossCost, pairsPrice } from '../../engines/pairs-price.ts';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../../errors.ts';
import type { BackendName } from '../../input/arrays/backend-of.ts';
import { type Dataset, readDataset } from '../../input/dataset.ts';
import { gridsToLists, type InGrids } from '../../input/grid.ts';
import { type Layout, laidOut } from '../../input/layout.ts';
import { lengthGroups } from '../../input/length-groups.ts';
import { readSeries, requireSameFeatures, type Series } from '../../input/series.ts';
import { checked, type Params, readParams } from '../../metric/params.ts';
import type { Price } from '../../metric/price.ts';
import type { BackendChoice, MetricRecord } from '../../metric/record.ts';
import { metricRecord } from '../../metrics/registry.ts';
import { type Shaped, shaped } from '../present.ts';
import { requireService } from '../require-service.ts';
import { averageByGradients } from './by-gradients.ts';
import { averageByPaths } from './by-paths.ts';
import { meanByStep, meanResampled } from './initial.ts';
import type { Minimum } from './lbfgs.ts';
import {
  barycenterParams,
  type GradientOptions,
  gradientOptions,
  isSmooth,
  type PathOptions,
  pathOptions,
} from './options.ts';

/** The series that lies between the others, and its loss. */
export interface Barycenter {
  barycenter: Shaped;
  loss: number;
  iterations: number;
  converged: boolean;
  be: BackendName;
  dtype: 'float64';
}

/** What to average, read and checked except by `requireBarycenter`. */
export interface BarycenterProblem {
  readonly metric: string;
  readonly dataset: Dataset;
  readonly init: Series | undefined;
  readonly options: PathOptions | GradientOptions;
  readonly params: Params;
}

/**
 * The series with the smallest weighted distance to those of a dataset, as returned by `POST /{metric}/barycenter`. Lengths may differ;
 * deterministic. tslearn's `dtw_barycenter_averaging`, its `_petitjean` and `_subgradient` variants and `softdtw_barycenter`.
 *
 * @throws InvalidInput that points at the first offending series or parameter
 */
export function barycenter(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  dataset: unknown,
  {
    be,
    layout,
    init,
    ...given
  }: { be?: BackendChoice; layout?: Layout; init?: unknown } & Record<string, unknown> = {},
  cancel?: CancelFlag,
): Barycenter {
  const record = requireService(metric, 'barycenter', be);
  const shape = isSmooth(record) ? gradientOptions : pathOptions;
  const isOption = ([key]: [string, unknown]) => key in shape;
  const all = Object.entries(given);
  const others = Object.fromEntries(all.filter((entry) => !isOption(entry)));
  const problem = {
    metric: record.name,
    dataset: readDataset(laidOut(dataset, layout), 'dataset'),
    init: init === undefined || init === null ? undefined : readSeries(laidOut(init, layout), 'init'),
    options: checked(z.strictObject(shape), Object.fromEntries(all.filter(isOption)), 'barycenter'),
    params: readParams(record, checked(z.strictObject(barycenterParams(record)), others, 'barycenter')),
  } as BarycenterProblem;
  requireBarycenter(problem);
  return gridsToLists<Barycenter>(presentBarycenter(problem, findBarycenter(problem, cancel)));
}

/** @throws InvalidInput if weights, init and barycenter_size do not fit the dataset or each other */
export function requireBarycenter({
  dataset,
  init,
  options: { weights, barycenter_size },
}: Pick<BarycenterProblem, 'dataset' | 'init'> & {
  readonly options: { readonly weights: number[] | null; readonly barycenter_size: number | null };
}): void {
  const count = dataset.lengths.length;
  if (weights !== null && weights.length !== count) {
    throw new InvalidInput(`weights has length ${weights.length}, but there are ${count} series: give one per series`, [
      'weights',
    ]);
  }
  if (weights?.every((w) => w === 0))
    throw new InvalidInput('all weights are 0: at least one must not be', ['weights']);
  if (init === undefined) return;
  requireSameFeatures(dataset, init, ['init']);
  if (barycenter_size !== null && barycenter_size !== init.n) {
    const message = `barycenter_size is ${barycenter_size}, but init has ${init.n} steps: give only one of them`;
    throw new InvalidInput(message, ['barycenter_size']);
  }
}

/** The price of all iterations and of the final loss: what it costs unless it converges earlier. */
export function barycenterPrice({ metric, dataset, init, options, params }: BarycenterProblem): Price {
  const record = metricRecord(metric);
  const smooth = isSmooth(record);
  const { d, lengths } = dataset;
  const longest = lengths.reduce((most, n) => Math.max(most, n), 0);
  const n = init?.n ?? options.barycenter_size ?? longest;
  const cost = costOf(record, params, 'numpy', smooth ? { grad: 'series' } : { path: true }, d);
  const all = crossCost(cost, lengthGroups(Int32Array.of(n)), lengthGroups(lengths));
  // A line search of L-BFGS takes more than one look at times.
  const iterations = (options.max_iter + 1) * (smooth ? 1.25 : 1);
  const one = pairsPrice(cost, params, all, n * d);
  return {
    ...one,
    cells: Math.ceil(iterations * one.cells),
    factors: [{ times: iterations, of: `max_iter ${options.max_iter}, plus the final loss` }, ...one.factors],
  };
}

/** Averages a dataset that is already read. */
export function findBarycenter(
  { metric, dataset, init, options, params }: BarycenterProblem,
  cancel?: CancelFlag,
): Minimum {
  const record = metricRecord(metric);
  const { barycenter_size: size } = options;
  const poll = () => throwIfCancelled(cancel);
  const weights = Float64Array.from(options.weights ?? new Array<number>(dataset.lengths.length).fill(1));
  const mean = () => (isSmooth(record) ? meanResampled(dataset, weights, size, poll) : meanByStep(dataset, size, poll));
  const averaging = { record, params, dataset, weights, start: init ?? mean() };
  return 'method' in options
    ? averageByPaths(averaging, options, cancel)
    : averageByGradients(averaging, options, cancel);
}

/** The response for JSON: a flat list for one value per step, unless `init` was given as rows. */
export function presentBarycenter(
  { dataset, init }: BarycenterProblem,
  { x, value, iterations, converged }: Minimum,
): InGrids<Barycenter> {
  const { d } = dataset;
  const n = x.length / d;
  const ndim = init?.ndim ?? (d === 1 ? 1 : 2);
  const { layout } = init ?? (d === 1 ? {} : dataset);
  return {
    barycenter: shaped(x, { n, d, sz: n, ndim, ...(layout && { layout }) }),
    loss: value,
    iterations,
    converged,
    be: 'numpy',
    dtype: 'float64',
  };
}
