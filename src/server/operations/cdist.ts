import { z } from 'zod';
import {
  type CdistProblem,
  cdist,
  cdistPieces,
  cdistPrice,
  completeRows,
  computedBy,
  computePiece,
  type Dataset,
  type MetricRecord,
  matrixShape,
  metricRecord,
  orderOf,
  type Piece,
  requireCotangent,
  requireGradFor,
  requireWidths,
  sliceOf,
} from '../../core/server-door.ts';
import { computedBySchema, dataset, matrix, reading, shaped } from '../schemas/series.ts';
import { type CdistBody, type GradientInput, gradientJob, gradientPlan, gradientTiles } from './cdist-gradient.ts';
import { hasGradient } from './has-gradient.ts';
import { defineOperation } from './operation.ts';

/** Some pairs of a matrix. The datasets and `out` are shared memory. */
interface Input {
  readonly metric: string;
  readonly problem: CdistProblem;
  readonly piece: Piece;
  readonly out: Float64Array;
}

/** POST /{metric}/cdist: the matrix of values between all series of two datasets, or of one with itself. */
export const cdistMatrix = defineOperation<CdistBody, Input | GradientInput, null>({
  name: 'cdist',
  suffix: '/cdist',
  appliesTo: () => true,
  summary: ({ title }) => `${title} between all series of two datasets`,
  description: (record) =>
    `The value of POST /${record.name} for every pair of series; without \`dataset2\`, for every pair within \`dataset1\`. ${gradientText(record)}Computed on all workers. With \`Accept: application/x-ndjson\`, rows are streamed in order as they are completed, one per line; an error after the first row is reported in a final line that holds a problem.`,
  flags: hasGradient,
  flagMeans: {
    grad: 'Also return the gradient of sum(cotangent * matrix) with respect to each series, in the shape of its input. The response is JSON or .npz.',
  },
  wholeWith: ['grad'],
  fields: {
    dataset1: dataset,
    dataset2: dataset.optional(),
    cotangent: matrix.optional().meta({
      'x-name': 'Cotangent',
      description:
        'With ?grad=true: a number for each value of the matrix, n rows of m. With the derivatives of a loss with respect to the matrix, the gradient is that of the loss. Default: all 1.',
      examples: [
        [
          [1, 0],
          [0, -0.5],
        ],
      ],
    }),
  },
  without: (record) => (hasGradient(record).length > 0 ? [] : ['cotangent']),
  check: (record, { dataset1, dataset2, cotangent }, context) =>
    reading(context, () => {
      requireWidths(record, dataset1, dataset2, 'dataset2');
      requireCotangent({ dataset1, dataset2, cotangent });
    }),
  answer: (record) =>
    z.object({
      matrix: z.array(z.array(z.number())).meta({
        description:
          'Row k, column l: series k of dataset1 and series l of dataset2, or of dataset1 if there is no dataset2',
      }),
      shape: z.array(z.int().min(1)).length(2).meta({ description: '[rows, columns]' }),
      ...computedBySchema(record),
      ...(record.gives.includes('grad') && { gradient: gradientOf(record).optional() }),
    }),
  answerMeans: 'The matrix, one row for each series of dataset1, and its gradient if asked for',
  matrix: 'matrix',
  examples: {
    cross: {
      unequal: true,
      summary: 'Two datasets',
      value: {
        dataset1: [
          [1, 2, 2, 3],
          [1, 2, 3, 4],
        ],
        dataset2: [
          [1, 2, 3],
          [2, 3, 5],
        ],
      },
    },
    self: {
      summary: 'A dataset with itself',
      value: {
        dataset1: [
          [1, 2, 2, 3],
          [1, 2, 3, 4],
        ],
      },
    },
  },
  exampleAnswer: (record, { dataset1, dataset2 }: { dataset1: number[][]; dataset2: number[][] }) => ({
    ...cdist(record, dataset1, dataset2, {}, { grad: record.gives.includes('grad') }),
    ...computedBy('numpy'),
  }),
  plan(record, { dataset1, dataset2, cotangent, params, be }, { grad = false }) {
    const problem = { dataset1, dataset2, params, be };
    requireGradFor(grad, cotangent);
    if (grad) return gradientPlan(record, { ...problem, cotangent });
    const shape = matrixShape(problem);
    const [rows, columns] = shape;
    return {
      price: cdistPrice(record, problem),
      cut(cells) {
        const out = new Float64Array(new SharedArrayBuffer(8 * rows * columns));
        const inputs = cdistPieces(record, problem, cells).map((piece) => ({
          metric: record.name,
          problem,
          piece,
          out,
        }));
        const order = orderOf(record, problem);
        let given = 0;
        return {
          inputs,
          answer: () => ({ matrix: { data: out, shape }, shape, ...computedBy(be) }),
          *rows(pieces) {
            // The matrix of a single series has no pieces.
            const done = pieces === inputs.length;
            const complete = done ? rows : completeRows(order, inputs[pieces - 1]?.piece.to ?? 0);
            for (; given < complete; given++) {
              yield { row: given, values: Array.from(out.subarray(given * columns, (given + 1) * columns)) };
            }
          },
        };
      },
    };
  },
  tiles(record, body, cells, { grad = false }) {
    const { dataset1, dataset2, params, be } = body;
    const problem = { dataset1, dataset2, params, be };
    if (grad) return gradientTiles(record, body, problem, cells);
    const shape = matrixShape(problem);
    const { mirrored } = orderOf(record, problem);
    const perPair = cdistPrice(record, problem).cells / Math.max(1, (shape[0] * shape[1]) / (mirrored ? 2 : 1));
    const sides = sidesOf(shape, Math.max(1, Math.min(LARGEST_BLOCK, cells / perPair)));
    const [down, across] = shape.map((length, axis) => Math.ceil(length / (sides[axis] as number))) as [number, number];
    const part = (dataset: Dataset, at: number, side: number) =>
      sliceOf(dataset, at * side, Math.min((at + 1) * side, dataset.lengths.length));
    const all = mirrored ? (down * (down + 1)) / 2 : down * across;
    // Blocks of short series are computed sooner than a tile should be: it is several of them, about as many in each tile.
    const perTile = Math.max(1, Math.floor(cells / (sides[0] * sides[1] * perPair)));
    const count = Math.max(1, Math.ceil(all / perTile)); // the matrix of a single series costs nothing
    const each = Math.ceil(all / count);
    const blocks = (tile: number) =>
      Array.from({ length: Math.min(each, all - tile * each) }, (_, at): readonly [number, number] => {
        const block = tile * each + at;
        return mirrored ? triangle(block, across) : [Math.floor(block / across), block % across];
      });
    return {
      count,
      bodies: (tile) =>
        blocks(tile).map(([row, column]) => {
          const rows = { ...body, dataset1: part(dataset1, row, sides[0]) };
          if (mirrored && row === column) return rows;
          return { ...rows, dataset2: part(dataset2 ?? dataset1, column, sides[1]) };
        }),
      matrix: {
        shape,
        sides,
        mirrored,
        blocks,
        place(row, column) {
          const block = mirrored ? blockAt(row, column, across) : row * across + column;
          return [Math.floor(block / each), block % each];
        },
        also: { shape, ...computedBy(be) },
      },
    };
  },
  job(input, cancel) {
    if ('block' in input) return gradientJob(input, cancel);
    const { metric, problem, piece, out } = input;
    computePiece(metricRecord(metric), problem, piece, out, cancel);
    return null;
  },
  row: z
    .object({ row: z.int().min(0), values: z.array(z.number()) })
    .meta({ description: 'One line: one row of the matrix' }),
});

const gradientText = (record: MetricRecord): string =>
  hasGradient(record).length > 0
    ? 'With `grad`, the response is a vector-Jacobian product: `gradient` is the gradient of sum(cotangent * matrix) with respect to every series, as backpropagation through the matrix needs it; no gradient of a pair is stored. Within `dataset1`, each series plays both roles, and both count. '
    : '';

function gradientOf(record: MetricRecord) {
  const by = record.smoothedBy;
  return z
    .object({
      dataset1: z.array(shaped).meta({ description: 'For each series of dataset1, in the shape it came in' }),
      dataset2: z
        .array(shaped)
        .optional()
        .meta({ description: 'For each series of dataset2; absent if there is no dataset2' }),
      ...(by && {
        [by]: z
          .number()
          .optional()
          .meta({ description: `By ${by}; absent if ${by} is 0` }),
      }),
    })
    .meta({ 'x-name': 'CdistGradient' });
}

/** The values of a block: a file of at most 8 MiB. */
const LARGEST_BLOCK = 2 ** 20;

/** The rows and columns of blocks of so many values: square, or as long as the matrix where it is narrow, so that no file is mostly padding. */
function sidesOf([rows, columns]: readonly [number, number], values: number): [number, number] {
  const side = Math.floor(Math.sqrt(values));
  if (columns < side) return [Math.min(rows, Math.floor(values / columns)), columns];
  if (rows < side) return [rows, Math.min(columns, Math.floor(values / rows))];
  return [side, side];
}

/** The blocks on and right of the diagonal, row by row: where one of them is. */
function triangle(block: number, across: number): readonly [number, number] {
  let row = 0;
  let before = 0;
  while (before + across - row <= block) {
    before += across - row;
    row++;
  }
  return [row, row + block - before];
}

/** The number of a block in that order, or of the one that it mirrors. */
function blockAt(row: number, column: number, across: number): number {
  const [upper, other] = row <= column ? [row, column] : [column, row];
  return upper * across - (upper * (upper - 1)) / 2 + other - upper;
}
