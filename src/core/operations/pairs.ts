import { cellsOf, costOf } from '../engines/cost.ts';
import { engines } from '../engines/engines.ts';
import { pairsPrice as priceOf } from '../engines/pairs-price.ts';
import { bands } from '../engines/solve.ts';
import { pairsSolver } from '../engines/solve-pairs.ts';
import { type CancelFlag, InvalidInput } from '../errors.ts';
import { type BackendName, backendOf } from '../input/arrays/backend-of.ts';
import { type Dataset, numberOf, readDataset, seriesAt } from '../input/dataset.ts';
import { type Grid, gridsToLists, type InGrids } from '../input/grid.ts';
import { type Layout, laidOut } from '../input/layout.ts';
import { lengthGroups } from '../input/length-groups.ts';
import { readNumbers } from '../input/numbers.ts';
import type { Series } from '../input/series.ts';
import { refusePrecomputed } from '../metric/local-metric.ts';
import { type Params, paramsIn, readParams } from '../metric/params.ts';
import type { Cost, Price } from '../metric/price.ts';
import type { Solution } from '../metric/problem.ts';
import type { BackendChoice, MetricRecord } from '../metric/record.ts';
import { metricRecord } from '../metrics/registry.ts';
import { firstOf, requireWidths } from './cdist.ts';
import { gradientAt, gradientIn, gradientPlaces, gradientSize } from './gradient-places.ts';
import { inPair } from './in-pair.ts';
import type { Piece } from './pieces.ts';
import { type ComputedBy, computedBy, type Shaped } from './present.ts';

/** Pairs of series: series k of one dataset with series k of the other. */
export interface PairsProblem {
  readonly dataset1: Dataset;
  readonly dataset2: Dataset;
  /** One number per pair. Absent: all 1. */
  readonly weights: Series | undefined;
  readonly params: Params;
  readonly be: BackendName;
  readonly grad: boolean;
}

/** The values of all pairs and, if there are gradients, those of the series, in the places that `gradientPlaces` says, and by the parameter. */
export interface FlatPairs {
  readonly values: Float64Array;
  readonly gradient1?: Float64Array;
  readonly gradient2?: Float64Array;
  readonly byParameter?: Float64Array;
}

/** The result for JSON. */
export interface Pairs extends ComputedBy {
  /** The value of each pair. */
  values: number[];
  /** The sum of weights[k] * values[k]. */
  loss: number;
  /** d loss / d each series, in the shape it came in; d (the part of each pair in the loss) / d gamma or sigma, where that smooths the metric. */
  gradient?: { dataset1: Shaped[]; dataset2: Shaped[]; gamma?: number[]; sigma?: number[] };
}

/** What to find beside the values. */
interface WantedOfPairs {
  readonly grad?: boolean;
  /** B finite numbers: how much each pair counts in the loss. */
  readonly weights?: unknown;
}

/**
 * A metric's values for pairs of series, and on request the gradient of each pair, as returned by `POST /{metric}/pairs`: a training batch.
 *
 * @param dataset1 B series
 * @param dataset2 B series: each is compared with the one of the same index
 * @param wanted `weights`: the gradients of pair k are multiplied by weights[k], so that they are those of the loss; the values are not
 * @throws InvalidInput that points at the first offending series, parameter or weight
 */
export function pairs(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  dataset1: unknown,
  dataset2: unknown,
  { be, layout, ...given }: { be?: BackendChoice; layout?: Layout } & Record<string, unknown> = {},
  { grad = false, weights }: WantedOfPairs = {},
  cancel?: CancelFlag,
): Pairs {
  const record = metricRecord(metric);
  const problem: PairsProblem = {
    dataset1: readDataset(laidOut(dataset1, layout), 'dataset1'),
    dataset2: readDataset(laidOut(dataset2, layout), 'dataset2'),
    weights: weights === undefined || weights === null ? undefined : readNumbers(weights, 'weights'),
    params: readParams(record, paramsIn(layout, record, given)),
    be: backendOf(be, firstOf(dataset1)),
    grad,
  };
  requirePairs(record, problem);
  const out = flatPairs(record, problem, (count) => new Float64Array(count));
  computePairs(record, problem, { from: 0, to: out.values.length }, out, cancel);
  return gridsToLists<Pairs>(presentPairs(record, problem, out));
}

/** @throws InvalidInput for datasets or weights that differ in count, and for datasets of different d */
export function requirePairs(
  record: MetricRecord,
  { dataset1, dataset2, weights }: Pick<PairsProblem, 'dataset1' | 'dataset2' | 'weights'>,
): void {
  const [b, other] = [dataset1.lengths.length, dataset2.lengths.length];
  if (other !== b) {
    throw new InvalidInput(
      `dataset1 has ${b} series but dataset2 has ${other}: each is paired with the one of the same index, so there must be as many`,
      ['dataset2'],
    );
  }
  requireWidths(record, dataset1, dataset2, 'dataset2');
  if (weights === undefined) return;
  if (weights.ndim !== 1) throw new InvalidInput('weights must be a list of numbers, one for each pair', ['weights']);
  if (weights.n !== b) {
    throw new InvalidInput(`weights has length ${weights.n}, but there are ${b} pairs: give a number for each`, [
      'weights',
    ]);
  }
}

/** The price of all pairs. @throws InvalidInput for precomputed costs, which are of a single pair */
export function pairsPrice(record: MetricRecord, problem: PairsProblem): Price {
  const { dataset1, dataset2, params, grad } = problem;
  const cost = costOfPair(record, problem);
  const further = { ...cost, pair: cost.furtherPair ?? cost.pair };
  const [first, second] = [lengthGroups(dataset1.lengths), lengthGroups(dataset2.lengths)];
  const count = new Map<number, number>();
  const across = second.n.length;
  for (const [k, group] of first.of.entries()) {
    const key = group * across + second.of[k];
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const all = { pairs: first.of.length, cells: 0, visited: 0, bytes: 0 };
  for (const [key, times] of count) {
    const [n, m] = [first.n[Math.floor(key / across)], second.n[key % across]];
    all.cells += cellsOf(cost, n, m) + (times - 1) * cellsOf(further, n, m);
    all.visited += times * cost.visited(n, m);
    all.bytes = Math.max(all.bytes, cost.bytes?.(n, m) ?? 0);
  }
  const numbers = all.pairs + (grad ? gradientSize(dataset1) + gradientSize(dataset2) : 0);
  return priceOf(cost, params, all, numbers);
}

function costOfPair(record: MetricRecord, { dataset1, dataset2, params, be, grad }: PairsProblem): Cost {
  refusePrecomputed(params);
  return costOf(record, params, be, { grad }, dataset1.d, dataset2.d);
}

/**
 * Splits the pairs into ranges of about `cells` cells each. Pairs that are solved at once stay together: then their gradients have the same last bits, wherever
 * they are cut apart, which depends on measured speed.
 */
export function pairsPieces(record: MetricRecord, problem: PairsProblem, cells: number): Piece[] {
  const { dataset1, dataset2 } = problem;
  const cost = costOfPair(record, problem);
  const together = solvedTogether(record, problem);
  const count = dataset1.lengths.length;
  const cut: Piece[] = [];
  let load = 0;
  for (let from = 0, k = 0; k < count; k++) {
    load += cellsOf(cost, dataset1.lengths[k], dataset2.lengths[k]);
    if (k + 1 < count && (load < cells || (k + 1) % together !== 0)) continue;
    cut.push({ from, to: k + 1 });
    from = k + 1;
    load = 0;
  }
  return cut;
}

function solvedTogether(record: MetricRecord, { dataset1, dataset2, params, be, grad }: PairsProblem): number {
  const first = [seriesAt(dataset1, 0), seriesAt(dataset2, 0)] as const;
  try {
    return engines[be].together?.(record, params, bands(params), { grad }, first) ?? 1;
  } catch (error) {
    // An infeasible band: whoever solves the first pair says so.
    if (error instanceof InvalidInput) return 1;
    throw error;
  }
}

/** Room for the results of all pairs. */
export function flatPairs(
  record: MetricRecord,
  { dataset1, dataset2, grad }: PairsProblem,
  room: (count: number) => Float64Array,
): FlatPairs {
  const b = dataset1.lengths.length;
  if (!grad) return { values: room(b) };
  return {
    values: room(b),
    gradient1: room(gradientSize(dataset1)),
    gradient2: room(gradientSize(dataset2)),
    ...(record.smoothedBy && { byParameter: room(b).fill(Number.NaN) }),
  };
}

/** Solves the pairs of a piece. */
export function computePairs(
  record: MetricRecord,
  { dataset1, dataset2, weights, params, be, grad }: PairsProblem,
  { from, to }: Piece,
  { values, gradient1, gradient2, byParameter }: FlatPairs,
  cancel?: CancelFlag,
): void {
  const [starts1, starts2] = grad ? [gradientPlaces(dataset1).starts, gradientPlaces(dataset2).starts] : [];
  const by = record.smoothedBy;
  const put = (k: number, { value, gradient }: Solution) => {
    values[k] = value;
    if (!gradient || !gradient1 || !gradient2 || !starts1 || !starts2) return;
    const weight = weights ? weights.data[k] : 1;
    const slope = by && gradient[by];
    if (byParameter && slope !== undefined) byParameter[k] = weight * slope;
    const fits =
      Number.isFinite(slope === undefined ? 0 : weight * slope) &&
      putTimes(weight, gradient.s1, gradient1, starts1[k]) &&
      putTimes(weight, gradient.s2, gradient2, starts2[k]);
    if (!fits) throw outOfRange(['weights', numberOf(dataset1, k)]);
  };
  const solve = pairsSolver(record, params, be, { grad }, cancel);
  let [k, solved] = [from, from];
  try {
    for (; solved < to; solved += AT_ONCE) {
      const pairs = Array.from({ length: Math.min(AT_ONCE, to - solved) }, (_, at): [Series, Series] => [
        seriesAt(dataset1, solved + at),
        seriesAt(dataset2, solved + at),
      ]);
      solve(pairs, {
        look: (at) => {
          k = solved + at;
        },
        put: (at, solution) => put(solved + at, solution),
      });
    }
  } catch (error) {
    throw inPair(error, ['dataset1', numberOf(dataset1, k)], ['dataset2', numberOf(dataset2, k)]);
  }
}

/** Pairs that are grouped by their lengths at a time. */
const AT_ONCE = 4096;

/** Whether all products are finite. */
function putTimes(weight: number, numbers: Float64Array, to: Float64Array, start: number): boolean {
  let finite = true;
  for (let at = 0; at < numbers.length; at++) {
    const product = weight * numbers[at];
    to[start + at] = product;
    finite &&= Number.isFinite(product);
  }
  return finite;
}

const outOfRange = (path: (string | number)[]): InvalidInput =>
  new InvalidInput('a weighted result is out of the range of float64: scale the weights down', path, 'out_of_range');

/** The results as a response. Without a number by the parameter, it does not smooth: gamma is 0. */
export function presentPairs(record: MetricRecord, problem: PairsProblem, out: FlatPairs): InGrids<Pairs> {
  const { dataset1, dataset2, weights, be } = problem;
  const { values, gradient1, gradient2, byParameter } = out;
  const by = record.smoothedBy;
  const loss = lossOf(values, weights);
  if (!Number.isFinite(loss)) throw outOfRange(['weights']);
  return {
    values: vector(values),
    loss,
    ...computedBy(be),
    ...(gradient1 &&
      gradient2 && {
        gradient: {
          dataset1: gradientIn(dataset1, gradient1),
          dataset2: gradientIn(dataset2, gradient2),
          ...(by && byParameter && !Number.isNaN(byParameter[0]) && { [by]: vector(byParameter) }),
        },
      }),
  };
}

/** One pair of the response by itself, as a line of its own: a function of its index, which may be called as soon as that pair is solved. */
export function pairRow(
  record: MetricRecord,
  { dataset1, dataset2 }: PairsProblem,
  { values, gradient1, gradient2, byParameter }: FlatPairs,
): (k: number) => InGrids<{ row: number; value: number; gradient?: { s1: Shaped; s2: Shaped } }> {
  const by = record.smoothedBy;
  const first = gradient1 && gradientAt(dataset1, gradient1);
  const second = gradient2 && gradientAt(dataset2, gradient2);
  return (k) => ({
    row: k,
    value: values[k],
    ...(first &&
      second && {
        gradient: {
          s1: first(k),
          s2: second(k),
          ...(by && byParameter && !Number.isNaN(byParameter[k]) && { [by]: byParameter[k] }),
        },
      }),
  });
}

/** The loss of values, summed in their order. */
export function lossOf(values: ArrayLike<number>, weights: Series | undefined): number {
  let loss = 0;
  for (let k = 0; k < values.length; k++) loss += weights ? weights.data[k] * values[k] : values[k];
  return loss;
}

const vector = (data: Float64Array): Grid => ({ data, shape: [data.length] });
