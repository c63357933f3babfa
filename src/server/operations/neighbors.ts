import { z } from 'zod';
import {
  type Dataset,
  neighbors,
  neighborsCells,
  neighborsTiles,
  presentNeighbors,
  requireEnough,
} from '../../core/index.ts';
import { requireCells } from '../limits.ts';
import { computedBy, dataset, reading } from '../schemas/series.ts';
import { defineOperation } from './operation.ts';

interface Body {
  queries: Dataset;
  candidates: Dataset;
  k: number;
}

/** POST /{metric}/neighbors: the k nearest candidates of each query, exactly. */
export const nearestNeighbors = defineOperation<Body>({
  suffix: '/neighbors',
  appliesTo: () => true,
  summary: ({ title }) => `${title}: the nearest neighbours of each query`,
  description: ({ name, similarity }) =>
    `The \`k\` candidates that are nearest to each query by the value of POST /${name}, found exactly: nearest first, ties by lower index. ${
      similarity ? 'This metric is a similarity: the largest values are nearest.' : 'The smallest values are nearest.'
    } Where the metric has lower bounds, pairs that cannot be among them are not computed, or not to the end: \`pruned\` counts those, \`computed\` the others. Computed on all workers.`,
  flags: () => [],
  fields: {
    queries: dataset,
    candidates: dataset,
    k: z.int().min(1).default(1).meta({ description: 'How many: at most as many as there are candidates' }),
  },
  check: (body, context) => reading(context, () => requireEnough(body)),
  answer: (record) =>
    z.object({
      indices: z
        .array(z.array(z.int().min(0)))
        .meta({ description: 'Row q: the places in candidates of those nearest to query q, nearest first' }),
      values: z.array(z.array(z.number())).meta({ description: 'Their values' }),
      computed: z.int().min(0).meta({ description: 'Pairs whose value was computed' }),
      pruned: z.int().min(0).meta({ description: 'Pairs that lower bounds left out or cut short' }),
      ...computedBy(record),
    }),
  answerMeans: 'The neighbours, one row for each query',
  examples: {
    two: {
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
  },
  exampleAnswer: (record, { queries, candidates, k }: { queries: number[][]; candidates: number[][]; k: number }) =>
    neighbors(record, queries, candidates, { k }),
  async run(record, { queries, candidates, k, params, be }, _query, { pool, config, call }) {
    const problem = { queries, candidates, k, params, be };
    const cells = neighborsCells(problem);
    requireCells(cells, config.MAX_CELLS);
    const count = queries.lengths.length * k;
    const out = {
      indices: new Int32Array(new SharedArrayBuffer(4 * count)),
      values: new Float64Array(new SharedArrayBuffer(8 * count)),
    };
    const tiles = neighborsTiles(problem, pool.share(cells));
    const inputs = tiles.map((tile) => ({ metric: record.name, problem, tile, out }));
    const parts = await pool.all('neighbors', inputs, call);
    const work = parts.reduce((sum, { computed, pruned }) => ({
      computed: sum.computed + computed,
      pruned: sum.pruned + pruned,
    }));
    return presentNeighbors(problem, out, work);
  },
});
