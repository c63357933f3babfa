import { costOf } from '../engines/cost.ts';
import { crossCost, pairsPrice } from '../engines/pairs-price.ts';
import { pairsSolver } from '../engines/solve-pairs.ts';
import { type CancelFlag, InvalidInput } from '../errors.ts';
import { numberOf, seriesAt } from '../input/dataset.ts';
import type { InGrids } from '../input/grid.ts';
import { lengthGroups } from '../input/length-groups.ts';
import type { Series } from '../input/series.ts';
import { refusePrecomputed } from '../metric/local-metric.ts';
import type { Price } from '../metric/price.ts';
import type { MetricRecord } from '../metric/record.ts';
import { type CdistProblem, matrixShape } from './cdist-problem.ts';
import { gradientIn, gradientPlaces, gradientSize } from './gradient-places.ts';
import { inPair } from './in-pair.ts';
import type { Piece } from './pieces.ts';
import { computedBy, type Shaped } from './present.ts';

// The vector-Jacobian product of a matrix: the gradient of sum(cotangent * matrix). The gradient of a pair is added to those of its two series and forgotten.

/** A matrix, and how much each of its values counts. */
export interface CdistGradientProblem extends CdistProblem {
  /** n rows of m numbers. Absent: all 1. */
  readonly cotangent: Series | undefined;
}

/** The gradient of sum(cotangent * matrix). Without a second dataset, series of the first one play both roles, and both count. */
export interface CdistGradient {
  /** For each series, in the shape it came in. */
  dataset1: Shaped[];
  dataset2?: Shaped[];
  /** With respect to the parameter, where it smooths the metric. */
  gamma?: number;
  sigma?: number;
}

/**
 * Rows are taken in blocks, which depend on nothing but their number: each has a sum of its own for the second dataset. So the same request has the same
 * gradient, to the last bit, however many threads compute it.
 */
const BLOCKS = 16;

/** The blocks of rows. */
export function gradientBlocks({ dataset1 }: CdistProblem): Piece[] {
  const rows = dataset1.lengths.length;
  const count = Math.min(BLOCKS, rows);
  return Array.from({ length: count }, (_, at) => ({
    from: Math.floor((at * rows) / count),
    to: Math.floor(((at + 1) * rows) / count),
  }));
}

/** Where the results of all blocks go. */
export interface FlatCdistGradient {
  readonly matrix: Float64Array;
  /** In the places that `gradientPlaces` says. */
  readonly gradient1: Float64Array;
  /** The same for the second dataset, once for each block. */
  readonly gradient2: Float64Array;
  /** One number for each block; NaN where no parameter smooths the metric. */
  readonly byParameter: Float64Array;
}

/** Room for the results. */
export function flatCdistGradient(
  problem: CdistGradientProblem,
  room: (count: number) => Float64Array,
): FlatCdistGradient {
  const [rows, columns] = matrixShape(problem);
  const { dataset1, dataset2 = dataset1 } = problem;
  const blocks = gradientBlocks(problem).length;
  return {
    matrix: room(rows * columns),
    gradient1: room(gradientSize(dataset1)),
    gradient2: room(blocks * gradientSize(dataset2)),
    byParameter: room(blocks),
  };
}

/** @throws InvalidInput for a cotangent of another shape than the matrix */
export function requireCotangent(problem: Pick<CdistGradientProblem, 'dataset1' | 'dataset2' | 'cotangent'>): void {
  const { dataset1, dataset2 = dataset1, cotangent } = problem;
  if (cotangent === undefined) return;
  const [rows, columns] = [dataset1.lengths.length, dataset2.lengths.length];
  if (cotangent.ndim === 2 && cotangent.n === rows && cotangent.d === columns) return;
  const found = cotangent.ndim === 2 ? `${cotangent.n} x ${cotangent.d}` : `a list of ${cotangent.n}`;
  throw new InvalidInput(
    `cotangent is ${found}, but the matrix is ${rows} x ${columns}: give one number for each of its values`,
    ['cotangent'],
  );
}

/** @throws InvalidInput for a cotangent without `grad` */
export function requireGradFor(grad: boolean, cotangent: unknown): void {
  if (grad || cotangent === undefined || cotangent === null) return;
  throw new InvalidInput('cotangent is for the gradient: ask for it with grad, or omit cotangent', ['cotangent']);
}

/** The price: all pairs with their gradients, and the sums of all blocks. */
export function cdistGradientPrice(record: MetricRecord, problem: CdistGradientProblem): Price {
  const { dataset1, dataset2 = dataset1, params, be } = problem;
  refusePrecomputed(params);
  const [rows, columns] = matrixShape(problem);
  const cost = costOf(record, params, be, { grad: true }, dataset1.d, dataset2.d);
  const all = crossCost(cost, lengthGroups(dataset1.lengths), lengthGroups(dataset2.lengths));
  const own = problem.dataset2 ? gradientSize(dataset2) : 0;
  const price = pairsPrice(cost, params, all, rows * columns + gradientSize(dataset1) + own);
  return { ...price, bytes: price.bytes + 8 * gradientBlocks(problem).length * gradientSize(dataset2) };
}

/** Solves the pairs of a block. @throws InvalidInput for the first pair that cannot be solved, with its place */
export function computeGradientBlock(
  record: MetricRecord,
  problem: CdistGradientProblem,
  block: number,
  { matrix, gradient1, gradient2, byParameter }: FlatCdistGradient,
  cancel?: CancelFlag,
): void {
  const { dataset1, dataset2 = dataset1, cotangent, params, be } = problem;
  const columns = dataset2.lengths.length;
  const { from, to } = gradientBlocks(problem)[block];
  const withGradient = pairsSolver(record, params, be, { grad: true }, cancel);
  const valuesAlone = pairsSolver(record, params, be, {}, cancel);
  const { starts: starts1 } = gradientPlaces(dataset1);
  const { starts: starts2, size } = gradientPlaces(dataset2);
  const by = record.smoothedBy;
  const other = problem.dataset2 ? 'dataset2' : 'dataset1';
  const all = Array.from({ length: columns }, (_, l) => l);
  byParameter[block] = Number.NaN;
  let [k, l] = [from, 0];
  try {
    for (; k < to; k++) {
      const times = (at: number) => (cotangent ? cotangent.data[k * columns + at] : 1);
      const row = seriesAt(dataset1, k);
      const solve = (which: readonly number[], solver: typeof withGradient) =>
        solver(
          which.map((at) => [row, seriesAt(dataset2, at)] as const),
          {
            look: (at) => {
              l = which[at];
            },
            put(at, { value, gradient }) {
              const column = which[at];
              matrix[k * columns + column] = value;
              if (!gradient) return;
              addTimes(times(column), gradient.s1, gradient1, starts1[k]);
              addTimes(times(column), gradient.s2, gradient2, block * size + starts2[column]);
              const slope = by && gradient[by];
              if (slope === undefined) return;
              const before = byParameter[block];
              byParameter[block] = (Number.isNaN(before) ? 0 : before) + times(column) * slope;
            },
          },
        );
      solve(
        all.filter((at) => times(at) !== 0),
        withGradient,
      );
      solve(
        all.filter((at) => times(at) === 0),
        valuesAlone,
      );
    }
  } catch (error) {
    throw inPair(error, ['dataset1', numberOf(dataset1, k)], [other, numberOf(dataset2, l)]);
  }
}

function addTimes(times: number, numbers: Float64Array, to: Float64Array, start: number): void {
  for (let at = 0; at < numbers.length; at++) to[start + at] += times * numbers[at];
}

/** The results as a response: the sums of the blocks are added in their order. @throws InvalidInput if they overflow */
export function presentCdistGradient(
  record: MetricRecord,
  problem: CdistGradientProblem,
  { matrix, gradient1, gradient2, byParameter }: FlatCdistGradient,
): { matrix: InGrids<number[][]>; shape: [number, number]; gradient: InGrids<CdistGradient> } {
  const { dataset1, dataset2, be } = problem;
  const shape = matrixShape(problem);
  const second = sumOfBlocks(gradient2, byParameter.length);
  const by = record.smoothedBy;
  const slopes = byParameter.filter((slope) => !Number.isNaN(slope));
  const slope = slopes.reduce((sum, one) => sum + one, 0);
  const first = dataset2 ? gradient1 : gradient1.map((one, at) => one + second[at]);
  for (const numbers of [first, second, [slope]]) {
    for (let at = 0; at < numbers.length; at++) {
      if (Number.isFinite(numbers[at])) continue;
      throw new InvalidInput(
        'the gradient is out of the range of float64: scale the cotangent down',
        ['cotangent'],
        'out_of_range',
      );
    }
  }
  return {
    matrix: { data: matrix, shape },
    shape,
    gradient: {
      dataset1: gradientIn(dataset1, first),
      ...(dataset2 && { dataset2: gradientIn(dataset2, second) }),
      ...(by && slopes.length > 0 && { [by]: slope }),
    },
    ...computedBy(be),
  };
}

/** The sum of arrays of equal length that lie one behind the other. */
function sumOfBlocks(all: Float64Array, blocks: number): Float64Array {
  const size = all.length / blocks;
  const sum = all.slice(0, size);
  for (let block = 1; block < blocks; block++) {
    for (let at = 0; at < size; at++) sum[at] += all[block * size + at];
  }
  return sum;
}
