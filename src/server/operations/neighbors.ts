import { z } from 'zod';
import {
  type Dataset,
  type MetricRecord,
  type NeighborsProblem,
  neighbors,
  neighborsCells,
  neighborsTiles,
  presentNeighbors,
  requireEnough,
} from '../../core/index.ts';
import { inOrder } from '../pool/in-order.ts';
import type { NeighborsJob } from '../pool/message.ts';
import { computedBy, dataset, reading } from '../schemas/series.ts';
import { requireCells, withAnswer } from './cell-limit.ts';
import { defineOperation } from './operation.ts';

interface Body {
  queries: Dataset;
  candidates: Dataset;
  k: number;
}

/** Each job makes the candidates' envelopes for itself: so few jobs, some times the size of others. */
const SHARES_PER_JOB = 4;

/** POST /{metric}/neighbors: the k nearest candidates of each query, exactly. */
export const nearestNeighbors = defineOperation<Body>({
  suffix: '/neighbors',
  appliesTo: () => true,
  summary: ({ title }) => `${title}: the nearest neighbours of each query`,
  description: ({ name, similarity }) =>
    `The \`k\` candidates nearest to each query by the value of POST /${name}: exact, nearest first, ties broken by lower index. ${
      similarity
        ? 'This metric is a similarity: the largest values are the nearest.'
        : 'The smallest values are the nearest.'
    } If the metric has lower bounds, pairs that cannot be among the nearest are skipped or abandoned early: \`pruned\` counts those, \`computed\` the rest. Computed on all workers. With \`Accept: application/x-ndjson\`, rows are streamed in order as they are completed, one per line and without these counts; an error after the first row is reported in a final line that holds a problem.`,
  flags: () => [],
  fields: {
    queries: dataset,
    candidates: dataset,
    k: z.int().min(1).default(1).meta({ description: 'Neighbours per query, at most the number of candidates' }),
  },
  check: (record, body, context) => reading(context, () => requireEnough(record, body)),
  answer: (record) =>
    z.object({
      indices: z
        .array(z.array(z.int().min(0)))
        .meta({ description: 'Row q: the indices of the candidates nearest to query q, nearest first' }),
      values: z.array(z.array(z.number())).meta({ description: 'Their values' }),
      computed: z.int().min(0).meta({ description: 'Pairs whose value was computed' }),
      pruned: z.int().min(0).meta({ description: 'Pairs that lower bounds skipped or cut short' }),
      ...computedBy(record),
    }),
  answerMeans: 'The neighbours, one row per query',
  examples: {
    two: {
      unequal: true,
      summary: 'The two nearest of three candidates',
      value: {
        queries: [[1, 2, 2, 3]],
        candidates: [
          [1, 2, 3],
          [2, 3, 4, 5],
          [1, 2, 2, 4],
        ],
        k: 2,
      },
    },
    nearest: {
      summary: 'The nearest of three candidates of equal length',
      value: {
        queries: [[1, 2, 2, 3]],
        candidates: [
          [1, 2, 3, 3],
          [2, 3, 4, 5],
          [1, 2, 2, 4],
        ],
        k: 1,
      },
    },
  },
  exampleAnswer: (record, { queries, candidates, k }: { queries: number[][]; candidates: number[][]; k: number }) =>
    neighbors(record, queries, candidates, { k }),
  async run(record, { queries, candidates, k, params, be }, _query, { pool, config, call }) {
    const problem = { queries, candidates, k, params, be };
    const cells = neighborsCells(record, problem);
    requireCells(withAnswer(cells, 2 * k * queries.lengths.length), config.MAX_CELLS);
    const { out, jobs } = jobsOf(record, problem, SHARES_PER_JOB * pool.share(cells, call));
    const parts = await pool.all('neighbors', jobs, cells, call);
    const work = parts.reduce((sum, { computed, pruned }) => ({
      computed: sum.computed + computed,
      pruned: sum.pruned + pruned,
    }));
    return presentNeighbors(problem, out, work);
  },
  rows: {
    answer: z
      .object({ row: z.int().min(0), indices: z.array(z.int().min(0)), values: z.array(z.number()) })
      .meta({ description: 'One line: the neighbours of one query' }),
    async *of(record, { queries, candidates, k, params, be }, { pool, config, call }) {
      const problem = { queries, candidates, k, params, be };
      const cells = neighborsCells(record, problem);
      requireCells(withAnswer(cells, 2 * k * queries.lengths.length), config.MAX_CELLS);
      const { out, jobs } = jobsOf(record, problem, pool.share(cells, call));
      const part = (flat: Int32Array | Float64Array, row: number) => Array.from(flat.subarray(row * k, (row + 1) * k));
      let row = 0;
      for await (const ended of inOrder(jobs.length, (done) => pool.all('neighbors', jobs, cells, call, done))) {
        const { to } = (jobs[ended - 1] as NeighborsJob).tile;
        for (; row < to; row++) yield { row, indices: part(out.indices, row), values: part(out.values, row) };
      }
    },
  },
});

/** Runs of queries as jobs that write into shared arrays. */
function jobsOf(record: MetricRecord, problem: NeighborsProblem, cells: number) {
  const count = problem.queries.lengths.length * problem.k;
  const out = {
    indices: new Int32Array(new SharedArrayBuffer(4 * count)),
    values: new Float64Array(new SharedArrayBuffer(8 * count)),
  };
  const metric = record.name;
  const jobs = neighborsTiles(record, problem, cells).map((tile): NeighborsJob => ({ metric, problem, tile, out }));
  return { out, jobs };
}
