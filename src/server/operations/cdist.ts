import { z } from 'zod';
import { cdist, cellCount, completeRows, type Dataset, dtypeOf, matrixShape, requireWidths } from '../../core/index.ts';
import { inOrder } from '../pool/in-order.ts';
import type { TileJob } from '../pool/message.ts';
import { tileJobs } from '../pool/tile-jobs.ts';
import { computedBy, dataset, reading } from '../schemas/series.ts';
import { requireCells, withAnswer } from './cell-limit.ts';
import { defineOperation } from './operation.ts';

/** POST /{metric}/cdist: the matrix of values between all series of two datasets, or of one with itself. */
export const cdistMatrix = defineOperation<{ dataset1: Dataset; dataset2?: Dataset }>({
  suffix: '/cdist',
  appliesTo: () => true,
  summary: ({ title }) => `${title} between all series of two datasets`,
  description: ({ name }) =>
    `The value of POST /${name} for every pair of series; without \`dataset2\`, for every pair within \`dataset1\`. Computed on all workers. With \`Accept: application/x-ndjson\`, rows are streamed in order as they are completed, one per line; an error after the first row is reported in a final line that holds a problem.`,
  flags: () => [],
  fields: { dataset1: dataset, dataset2: dataset.optional() },
  check: (record, { dataset1, dataset2 }, context) =>
    reading(context, () => requireWidths(record, dataset1, dataset2, 'dataset2')),
  answer: (record) =>
    z.object({
      matrix: z.array(z.array(z.number())).meta({
        description:
          'Row k, column l: series k of dataset1 and series l of dataset2, or of dataset1 if there is no dataset2',
      }),
      shape: z.array(z.int().min(1)).length(2).meta({ description: '[rows, columns]' }),
      ...computedBy(record),
    }),
  answerMeans: 'The matrix, one row for each series of dataset1',
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
          [2, 3, 4, 5],
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
    ...cdist(record, dataset1, dataset2),
    be: 'numpy',
    dtype: dtypeOf('numpy'),
  }),
  async run(record, { dataset1, dataset2, params, be }, _query, { pool, config, call }) {
    const problem = { dataset1, dataset2, params, be };
    const shape = matrixShape(problem);
    requireCells(withAnswer(cellCount(record, problem), shape[0] * shape[1]), config.MAX_CELLS);
    const found = await pool.cdist(record, problem, call);
    return { matrix: { data: found, shape }, shape, be, dtype: dtypeOf(be) };
  },
  rows: {
    answer: z
      .object({ row: z.int().min(0), values: z.array(z.number()) })
      .meta({ description: 'One line: one row of the matrix' }),
    async *of(record, { dataset1, dataset2, params, be }, { pool, config, call }) {
      const problem = { dataset1, dataset2, params, be };
      const cells = cellCount(record, problem);
      const [rows, columns] = matrixShape(problem);
      requireCells(withAnswer(cells, rows * columns), config.MAX_CELLS);
      const { out, jobs } = tileJobs(record, problem, pool.share(cells, call));
      const line = (row: number) => ({ row, values: Array.from(out.subarray(row * columns, (row + 1) * columns)) });
      let row = 0;
      for await (const ended of inOrder(jobs.length, (done) => pool.all('tile', jobs, cells, call, done))) {
        const complete = completeRows(record, problem, (jobs[ended - 1] as TileJob).tile.to);
        for (; row < complete; row++) yield line(row);
      }
      // Rows without a pair to compute: those of a single series.
      for (; row < rows; row++) yield line(row);
    },
  },
});
