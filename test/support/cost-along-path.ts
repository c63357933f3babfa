import { prepared, preparedAdjoint } from '../../src/core/engines/numpy/before-and-after.ts';
import { bands } from '../../src/core/engines/solve.ts';
import type { Evaluation, MetricRecord } from '../../src/core/index.ts';
import { readSeries, type Series } from '../../src/core/input/series.ts';
import type { Band, Pair, Recurrence } from '../../src/core/kernels/index.ts';
import { moveCosts } from '../../src/core/kernels/twin/costs.ts';
import { moveRow } from '../../src/core/kernels/twin/moves/move-costs.ts';
import { constraintBand } from '../../src/core/metric/band.ts';
import { readParams } from '../../src/core/metric/params.ts';
import type { PairOfSeries } from './arbitraries.ts';

// What a metric's record says about a given path, without the search for the best one: the laws compare the search with it.

type Params = Record<string, unknown>;

function problem(record: MetricRecord, { s1, s2 }: PairOfSeries, { be: _, ...given }: Params) {
  const [a, b]: [Series, Series] = [readSeries(s1, 's1'), readSeries(s2, 's2')];
  const params = readParams(record, given);
  const [x, y] = [prepared(record.prepare, a, 's1'), prepared(record.prepare, b, 's2')];
  const pair: Pair = { s1: x.data, s2: y.data, n: x.n, m: y.n, d: x.d };
  if (!record.recurrence) throw new Error(`${record.name} is no recurrence`);
  const recurrence: Recurrence = record.recurrence(params, a, b);
  const finish = typeof record.finish === 'function' ? record.finish(params, a, b) : record.finish;
  return { a, b, params, pair, recurrence, finish };
}

const withoutBe = (record: MetricRecord, { be: _, ...given }: Params) => readParams(record, given);

/** Rows and columns of the table. */
export function lengthsFor(record: MetricRecord, series: PairOfSeries): [number, number] {
  if (record.direct) return [series.s1.length, series.s2.length];
  const { pair } = problem(record, series, {});
  return [pair.n, pair.m];
}

export function bandFor(record: MetricRecord, series: PairOfSeries, params: Params): Band | undefined {
  if (!('sakoe_chiba_radius' in record.params.shape)) return undefined;
  if (record.direct) return constraintBand(series.s1.length, series.s2.length, withoutBe(record, params));
  const found = problem(record, series, params);
  return constraintBand(found.pair.n, found.pair.m, found.params);
}

/** The metric's value if the path were the best one; undefined if a path alone has none. */
export function pathCost(
  record: MetricRecord,
  series: PairOfSeries,
  params: Params,
  path: readonly [number, number][],
): number | undefined {
  if (record.direct) {
    const given = withoutBe(record, params);
    const { along } = record.direct(given, bands(given));
    return along?.(readSeries(series.s1, 's1'), readSeries(series.s2, 's2'), Int32Array.from(path.flat()));
  }
  const { pair, recurrence, finish } = problem(record, series, params);
  const costs = moveCosts(recurrence.moves)(pair);
  const cost = moveRow(pair.m);
  const paid = (i: number, j: number, di: number, dj: number) => {
    costs.row(i, j, j, cost);
    return (di === 1 && dj === 1 ? cost.diagonal : di === 1 ? cost.up : cost.left)[j] as number;
  };
  const steps = path.map(([i, j], k) => {
    const [a, b] = path[k - 1] ?? [i - 1, j - 1];
    return paid(i, j, recurrence.reduce === 'minimax' ? 1 : i - a, recurrence.reduce === 'minimax' ? 1 : j - b);
  });
  if (recurrence.reduce === 'minimax') return finished(finish, Math.max(...steps));
  const rest = (from: number) => steps.slice(from).reduce((sum, x) => sum + x, 0);
  const { border } = costs;
  if (!border) return finished(finish, rest(0));
  // A path may come in over the border at any cell of the edge along which it begins.
  const outside = (i: number, j: number) => {
    if (i === -1 && j === -1) return 0;
    return i === -1 ? border.above[j] : j === -1 ? border.left[i] : Infinity;
  };
  let best = Infinity;
  for (const [k, [i, j]] of path.entries()) {
    if (!path.slice(0, k + 1).every(([, b]) => b === 0) && !path.slice(0, k + 1).every(([a]) => a === 0)) break;
    for (const [di, dj] of [
      [1, 1],
      [1, 0],
      [0, 1],
    ] as const) {
      best = Math.min(best, outside(i - di, j - dj) + paid(i, j, di, dj) + rest(k + 1));
    }
  }
  return finished(finish, best);
}

/**
 * The gradient, flat, that follows from the cells an answer's path or alignment lies on: sum of share * d cost. Undefined where
 * the moves of a recurrence pay differently, or where only the largest cost counts.
 */
export function gradientAlong(
  record: MetricRecord,
  series: PairOfSeries,
  params: Params,
  { path, alignment, value }: Evaluation,
): { s1: Float64Array; s2: Float64Array } | undefined {
  if (record.direct) return undefined;
  const { a, b, pair, recurrence, finish } = problem(record, series, params);
  if (recurrence.moves.kind !== 'warp' || recurrence.reduce === 'minimax') return undefined;
  const costs = moveCosts(recurrence.moves)(pair);
  const s1 = new Float64Array(pair.s1.length);
  const s2 = new Float64Array(pair.s2.length);
  for (let i = 0; i < pair.n; i++) {
    const share = moveRow(pair.m);
    if (alignment) share.diagonal.set(alignment[i] as number[]);
    else for (const [k, j] of path ?? []) if (k === i) share.diagonal[j] = 1;
    costs.adjoint(i, 0, pair.m - 1, share, s1, s2);
  }
  const slope = finish === undefined ? 1 : finish === 'sqrt' ? (value > 0 ? 0.5 / value : 0) : Number.NaN;
  const back = (given: Series, gradient: Float64Array) =>
    (record.prepare ? preparedAdjoint(given, gradient) : gradient).map((x) => x * slope);
  return { s1: back(a, s1), s2: back(b, s2) };
}

function finished(finish: MetricRecord['finish'], raw: number): number {
  if (finish === undefined) return raw;
  if (finish === 'sqrt') return Math.sqrt(raw);
  if (typeof finish === 'object') return raw / finish.divideBy;
  throw new Error('a path has no value of its own under this finish');
}
