import { costOf } from '../../engines/cost.ts';
import { crossCost, pairsPrice } from '../../engines/pairs-price.ts';
import { type CancelFlag, InvalidInput } from '../../errors.ts';
import { backendOf } from '../../input/arrays/backend-of.ts';
import { readDataset } from '../../input/dataset.ts';
import { gridsToLists, type InGrids } from '../../input/grid.ts';
import { type Layout, laidOut } from '../../input/layout.ts';
import { lengthGroups } from '../../input/length-groups.ts';
import { refusePrecomputed } from '../../metric/local-metric.ts';
import { paramsIn, readParams } from '../../metric/params.ts';
import type { Cost, Price } from '../../metric/price.ts';
import type { BackendChoice, MetricRecord } from '../../metric/record.ts';
import { metricRecord } from '../../metrics/registry.ts';
import { requireWidths } from '../cdist.ts';
import { type Piece, piecesOfQueries } from '../pieces.ts';
import { type ComputedBy, computedBy } from '../present.ts';
import type { NeighborsProblem, Work } from './problem.ts';
import { search } from './search.ts';

/** For each query, its k nearest candidates, nearest first. */
export interface Neighbors extends Work, ComputedBy {
  indices: number[][];
  values: number[][];
}

/**
 * The exact k nearest candidates of each query, as returned by `POST /{metric}/neighbors`. Nearest first, ties broken by lower index; for a
 * similarity, the largest values are the nearest.
 *
 * @throws InvalidInput that points at the first offending series or parameter, or when k exceeds the number of candidates
 */
export function neighbors(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  queries: unknown,
  candidates: unknown,
  { be, layout, k = 1, ...given }: { be?: BackendChoice; layout?: Layout; k?: number } & Record<string, unknown> = {},
  cancel?: CancelFlag,
): Neighbors {
  const record = metricRecord(metric);
  const problem = {
    queries: readDataset(laidOut(queries, layout), 'queries'),
    candidates: readDataset(laidOut(candidates, layout), 'candidates'),
    k,
    params: readParams(record, paramsIn(layout, record, given)),
    be: backendOf(be, Array.isArray(queries) ? queries[0] : undefined),
  };
  refusePrecomputed(problem.params);
  requireEnough(record, problem);
  const count = problem.queries.lengths.length;
  const indices = new Int32Array(count * k);
  const values = new Float64Array(count * k);
  const work = findNeighbors(record, problem, { from: 0, to: count }, { indices, values }, cancel);
  return gridsToLists<Neighbors>(presentNeighbors(problem, { indices, values }, work));
}

/** @throws InvalidInput if the datasets differ in d, or k is not between 1 and the number of candidates */
export function requireEnough(
  record: MetricRecord,
  { queries, candidates, k }: Pick<NeighborsProblem, 'queries' | 'candidates' | 'k'>,
): void {
  requireWidths(record, queries, candidates, 'candidates');
  const count = candidates.lengths.length;
  if (Number.isInteger(k) && k >= 1 && k <= count) return;
  throw new InvalidInput(`k must be between 1 and ${count}, the number of candidates, not ${k}`, ['k']);
}

/** The price of all pairs: what is computed where none is pruned, and bounds that prune nothing. */
export function neighborsPrice(record: MetricRecord, problem: NeighborsProblem): Price {
  const { queries, candidates, k, params } = problem;
  const cost = pairCost(record, problem);
  const all = crossCost(cost, lengthGroups(queries.lengths), lengthGroups(candidates.lengths));
  return pairsPrice(cost, params, all, 2 * k * queries.lengths.length);
}

/** An envelope of either series, and how far the other one is outside of it, in cells for each value. */
const BOUNDS = 12;

function pairCost(record: MetricRecord, { queries, candidates, params, be }: NeighborsProblem): Cost {
  refusePrecomputed(params);
  const cost = costOf(record, params, be, {}, queries.d, candidates.d);
  return record.recurrence && be === 'numpy' ? { ...cost, step: cost.step + BOUNDS * queries.d } : cost;
}

/** Splits the queries into ranges of about `cells` cells each. */
export function neighborsPieces(record: MetricRecord, problem: NeighborsProblem, cells: number): Piece[] {
  const cost = pairCost(record, problem);
  const [first, second] = [lengthGroups(problem.queries.lengths), lengthGroups(problem.candidates.lengths)];
  const each = first.n.map((n) => crossCost(cost, { ...first, n: [n], count: [1] }, second).cells);
  return piecesOfQueries(first, each, cells);
}

/** Row q of both holds the neighbours of query q: rows of k, flat. */
export interface FlatNeighbors {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Finds the neighbours of queries from..to - 1 and writes them to their rows. */
export function findNeighbors(
  record: MetricRecord,
  problem: NeighborsProblem,
  { from, to }: Piece,
  { indices, values }: FlatNeighbors,
  cancel?: CancelFlag,
): Work {
  const work = { computed: 0, pruned: 0 };
  for (const [at, found] of search(record, problem, { from, to }, work, cancel).entries()) {
    const q = from + at;
    indices.set(found.indices, q * problem.k);
    values.set(record.similarity ? found.keys.map((key) => -key) : found.keys, q * problem.k);
  }
  return work;
}

/** The response for JSON. */
export function presentNeighbors(
  { queries, k, be }: NeighborsProblem,
  { indices, values }: FlatNeighbors,
  { computed, pruned }: Work,
): InGrids<Neighbors> {
  const shape = [queries.lengths.length, k];
  return {
    indices: { data: indices, shape },
    values: { data: values, shape },
    computed,
    pruned,
    ...computedBy(be),
  };
}
