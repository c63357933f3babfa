import { z } from 'zod';
import {
  type Dataset,
  type FlatNeighbors,
  findNeighbors,
  type Grid,
  metricRecord,
  type NeighborsProblem,
  neighbors,
  neighborsPieces,
  neighborsPrice,
  type Piece,
  presentNeighbors,
  requireEnough,
  sliceOf,
  type Work,
} from '../../core/server-door.ts';
import { computedBySchema, dataset, reading } from '../schemas/series.ts';
import { joined } from './join-grids.ts';
import { defineOperation } from './operation.ts';

interface Body {
  queries: Dataset;
  candidates: Dataset;
  k: number;
}

/** Some queries. The datasets and `out` are shared memory. */
interface Input {
  readonly metric: string;
  readonly problem: NeighborsProblem;
  /** A range of queries. */
  readonly piece: Piece;
  readonly out: FlatNeighbors;
}

/** Each piece lays out the candidates for itself, so there are few pieces, several times the usual size. */
const SHARES_PER_PIECE = 4;

/** POST /{metric}/neighbors: the exact k nearest candidates of each query. */
export const nearestNeighbors = defineOperation<Body, Input, Work>({
  name: 'neighbors',
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
    k: z
      .int()
      .min(1)
      .default(1)
      .meta({ 'x-name': 'NeighborCount', description: 'Neighbours per query, at most the number of candidates' }),
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
      ...computedBySchema(record),
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
  plan(record, { queries, candidates, k, params, be }) {
    const problem = { queries, candidates, k, params, be };
    const count = queries.lengths.length * k;
    return {
      price: neighborsPrice(record, problem),
      prunes: true,
      cut(cells, byRows) {
        const out = {
          indices: new Int32Array(new SharedArrayBuffer(4 * count)),
          values: new Float64Array(new SharedArrayBuffer(8 * count)),
        };
        const each = byRows ? cells : SHARES_PER_PIECE * cells;
        const inputs = neighborsPieces(record, problem, each).map((piece) => ({
          metric: record.name,
          problem,
          piece,
          out,
        }));
        const part = (flat: Int32Array | Float64Array, row: number) =>
          Array.from(flat.subarray(row * k, (row + 1) * k));
        let given = 0;
        return {
          inputs,
          answer: (outputs) => presentNeighbors(problem, out, outputs.reduce(sum)),
          *rows(pieces) {
            const complete = inputs[pieces - 1]?.piece.to ?? 0;
            for (; given < complete; given++) {
              yield { row: given, indices: part(out.indices, given), values: part(out.values, given) };
            }
          },
        };
      },
    };
  },
  tiles(record, body, cells) {
    const { queries, candidates, k, params, be } = body;
    const all = neighborsPrice(record, { queries, candidates, k, params, be }).cells;
    const count = queries.lengths.length;
    const each = Math.max(1, Math.min(count, Math.floor((cells / all) * count)));
    return {
      count: Math.ceil(count / each),
      bodies: (tile) => [{ ...body, queries: sliceOf(queries, tile * each, Math.min(count, (tile + 1) * each)) }],
      join(answers) {
        const found = answers as NeighborsInGrids[];
        const { computed, pruned } = found.reduce(sum, { computed: 0, pruned: 0 });
        const [first] = found as [NeighborsInGrids];
        return {
          ...first,
          indices: joined(found.map(({ indices }) => indices)),
          values: joined(found.map(({ values }) => values)),
          computed,
          pruned,
        };
      },
    };
  },
  job: ({ metric, problem, piece, out }, cancel) => findNeighbors(metricRecord(metric), problem, piece, out, cancel),
  row: z
    .object({ row: z.int().min(0), indices: z.array(z.int().min(0)), values: z.array(z.number()) })
    .meta({ description: 'One line: the neighbours of one query' }),
});

const sum = (a: Work, b: Work): Work => ({ computed: a.computed + b.computed, pruned: a.pruned + b.pruned });

/** The response before its arrays become lists. */
interface NeighborsInGrids extends Work {
  readonly indices: Grid;
  readonly values: Grid;
}
