import { cellsOf, costOf } from '../engines/cost.ts';
import { crossSolver } from '../engines/cross.ts';
import type { CrossPut } from '../engines/engine.ts';
import { crossCost, diagonalCost, pairsPrice } from '../engines/pairs-price.ts';
import { requireExtra } from '../engines/solve.ts';
import type { CancelFlag } from '../errors.ts';
import { backendOf } from '../input/arrays/backend-of.ts';
import { type Dataset, numberOf, readDataset } from '../input/dataset.ts';
import { gridsToLists, type InGrids } from '../input/grid.ts';
import { type Layout, laidOut } from '../input/layout.ts';
import { lengthGroups } from '../input/length-groups.ts';
import { readNumbers } from '../input/numbers.ts';
import { requireSameFeatures, type Series } from '../input/series.ts';
import { refusePrecomputed } from '../metric/local-metric.ts';
import { paramsIn, readParams } from '../metric/params.ts';
import type { Cost, Price } from '../metric/price.ts';
import type { BackendChoice, MetricRecord } from '../metric/record.ts';
import { metricRecord } from '../metrics/registry.ts';
import {
  type CdistGradient,
  type CdistGradientProblem,
  computeGradientBlock,
  flatCdistGradient,
  gradientBlocks,
  presentCdistGradient,
  requireCotangent,
  requireGradFor,
} from './cdist-gradient.ts';
import { type CdistProblem, matrixShape } from './cdist-problem.ts';
import { inPair } from './in-pair.ts';
import { blankLists, intoFlat, intoLists } from './into-matrix.ts';
import { type PairOrder, pairCount, rowsOf } from './pair-order.ts';
import { type Piece, piecesOfPairs } from './pieces.ts';

/** The matrix for JSON and, if it was asked for, the gradient of sum(cotangent * matrix). */
export interface Cdist {
  matrix: number[][];
  shape: [number, number];
  gradient?: CdistGradient;
}

/**
 * The matrix of a metric's values between all series of two datasets, or of one with itself, as returned by `POST /{metric}/cdist`.
 *
 * With `grad`, also the gradient of sum(cotangent * matrix) with respect to every series: no gradient of a pair is stored. The diagonal of the self case is computed unless the metric's law says that it is 0: soft-dtw's is not.
 *
 * @throws InvalidInput that points at the first offending series or parameter
 */
export function cdist(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  dataset1: unknown,
  dataset2?: unknown,
  { be, layout, ...given }: { be?: BackendChoice; layout?: Layout } & Record<string, unknown> = {},
  { grad = false, cotangent }: { readonly grad?: boolean; readonly cotangent?: unknown } = {},
  cancel?: CancelFlag,
): Cdist {
  const record = metricRecord(metric);
  const first = readDataset(laidOut(dataset1, layout), 'dataset1');
  const second =
    dataset2 === undefined || dataset2 === null ? undefined : readDataset(laidOut(dataset2, layout), 'dataset2');
  requireWidths(record, first, second, 'dataset2');
  const backend = backendOf(be, firstOf(dataset1));
  const problem = {
    dataset1: first,
    dataset2: second,
    params: readParams(record, paramsIn(layout, record, given)),
    be: backend,
  };
  if (grad || (cotangent !== undefined && cotangent !== null)) {
    requireExtra(record, 'grad');
    return gridsToLists<Cdist>(withGradient(record, { ...problem, cotangent: cotangentOf(grad, cotangent) }, cancel));
  }
  const [rows, columns] = matrixShape(problem);
  const matrix = blankLists(rows, columns);
  const order = orderOf(record, problem);
  computePairs(record, problem, { from: 0, to: pairCount(order) }, intoLists(matrix, order.mirrored), cancel);
  return { matrix, shape: [rows, columns] };
}

/** Numbers that were given as a cotangent. @throws InvalidInput where they cannot be read, and if there is no gradient for them */
function cotangentOf(grad: boolean, given: unknown): Series | undefined {
  requireGradFor(grad, given);
  return given === undefined || given === null ? undefined : readNumbers(given, 'cotangent');
}

function withGradient(
  record: MetricRecord,
  problem: CdistGradientProblem,
  cancel: CancelFlag | undefined,
): InGrids<Cdist> {
  requireCotangent(problem);
  const out = flatCdistGradient(problem, (count) => new Float64Array(count));
  for (const block of gradientBlocks(problem).keys()) computeGradientBlock(record, problem, block, out, cancel);
  const { matrix, shape, gradient } = presentCdistGradient(record, problem, out);
  return { matrix, shape, gradient };
}

/** @throws InvalidInput if the datasets differ in d and the metric cannot compare them */
export function requireWidths(
  { mixedFeatures }: MetricRecord,
  first: Dataset,
  second: Dataset | undefined,
  name: string,
): void {
  if (second && !mixedFeatures) requireSameFeatures(first, second, [name]);
}

/** The price of all pairs that are computed. */
export function cdistPrice(record: MetricRecord, problem: CdistProblem): Price {
  const { dataset1, dataset2 = dataset1, params } = problem;
  const [rows, columns] = matrixShape(problem);
  const { mirrored, skip } = orderOf(record, problem);
  const cost = pairCost(record, problem);
  const first = lengthGroups(dataset1.lengths);
  const all = crossCost(cost, first, dataset2 === dataset1 ? first : lengthGroups(dataset2.lengths));
  if (!mirrored) return pairsPrice(cost, params, all, rows * columns);
  const diagonal = diagonalCost(cost, first);
  // Half of what is off the diagonal, and the diagonal unless it is known.
  const computed = (of: 'pairs' | 'cells' | 'visited') =>
    (all[of] - diagonal[of]) / 2 + (skip === 1 ? 0 : diagonal[of]);
  const half = { pairs: computed('pairs'), cells: computed('cells'), visited: computed('visited'), bytes: all.bytes };
  return pairsPrice(cost, params, half, rows * columns);
}

/** @throws InvalidInput for precomputed costs, which are of a single pair */
function pairCost(record: MetricRecord, { dataset1, dataset2 = dataset1, params, be }: CdistProblem): Cost {
  refusePrecomputed(params);
  return costOf(record, params, be, {}, dataset1.d, dataset2.d);
}

/** Splits the pairs into ranges of about `cells` cells each. */
export function cdistPieces(record: MetricRecord, problem: CdistProblem, cells: number): Piece[] {
  const { dataset1, dataset2 = dataset1 } = problem;
  const [first, second] = [lengthGroups(dataset1.lengths), lengthGroups(dataset2.lengths)];
  const cost = pairCost(record, problem);
  return piecesOfPairs(orderOf(record, problem), first, second, (n, m) => cellsOf(cost, n, m), cells);
}

/** The pairs that are computed, in their order. */
export function orderOf(record: MetricRecord, problem: CdistProblem): PairOrder {
  const [rows, columns] = matrixShape(problem);
  const mirrored = isMirrored(record, problem);
  return { rows, columns, mirrored, skip: mirrored && hasZeroDiagonal(record, problem) ? 1 : 0 };
}

/** Computes the pairs of a piece into the row-major matrix `out`; a mirrored matrix gets both halves. */
export function computePiece(
  record: MetricRecord,
  problem: CdistProblem,
  piece: Piece,
  out: Float64Array,
  cancel?: CancelFlag,
): void {
  const [, columns] = matrixShape(problem);
  computePairs(record, problem, piece, intoFlat(out, columns, isMirrored(record, problem)), cancel);
}

function computePairs(
  record: MetricRecord,
  problem: CdistProblem,
  piece: Piece,
  to: CrossPut,
  cancel: CancelFlag | undefined,
): void {
  const { dataset1, dataset2 = dataset1, params, be } = problem;
  const rows = rowsOf(orderOf(record, problem), piece.from, piece.to);
  let [row, column] = [0, 0];
  const look = (k: number, l: number) => {
    row = k;
    column = l;
  };
  try {
    crossSolver(record, params, be, cancel)(dataset1, dataset2, rows, { ...to, look });
  } catch (error) {
    const other = problem.dataset2 === undefined ? 'dataset1' : 'dataset2';
    throw inPair(error, ['dataset1', numberOf(dataset1, row)], [other, numberOf(dataset2, column)]);
  }
}

/** Whether half of the matrix is computed and mirrored. */
const isMirrored = ({ laws }: MetricRecord, { dataset2 }: CdistProblem): boolean =>
  dataset2 === undefined && laws.includes('symmetric');

const hasZeroDiagonal = ({ laws }: MetricRecord, { params }: CdistProblem): boolean =>
  laws.includes('zero on equal series') || (laws.includes('zero on equal series when hard') && params.gamma === 0);

/** What decides the backend of a dataset. */
export const firstOf = (dataset: unknown): unknown => (Array.isArray(dataset) ? dataset[0] : undefined);
