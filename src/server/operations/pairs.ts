import { z } from 'zod';
import {
  computePairs,
  type Dataset,
  type FlatPairs,
  flatPairs,
  type Grid,
  gridsToLists,
  listOfGrid,
  lossOf,
  type MetricRecord,
  metricRecord,
  type PairsProblem,
  type Piece,
  pairRow,
  pairs,
  pairsPieces,
  pairsPrice,
  presentPairs,
  requirePairs,
  rowsOf,
  type Series,
  sliceOf,
} from '../../core/server-door.ts';
import { computedBySchema, dataset, reading, shaped, vector } from '../schemas/series.ts';
import { hasGradient } from './has-gradient.ts';
import { joined, partOf } from './join-grids.ts';
import { type Common, defineOperation } from './operation.ts';

interface Body {
  dataset1: Dataset;
  dataset2: Dataset;
  weights?: Series;
}

/** Some pairs. The datasets and `out` are shared memory. */
interface Input {
  readonly metric: string;
  readonly problem: PairsProblem;
  readonly piece: Piece;
  readonly out: FlatPairs;
}

/** POST /{metric}/pairs: series k of one dataset with series k of another. */
export const pairsOfSeries = defineOperation<Body, Input, null>({
  name: 'pairs',
  suffix: '/pairs',
  appliesTo: () => true,
  summary: ({ title }) => `${title} of many pairs of series`,
  description: (record) =>
    `The value of POST /${record.name} for series k of \`dataset1\` and series k of \`dataset2\`, for every k. ${gradientText(record)}Computed on all workers. With \`Accept: application/x-ndjson\`, pairs are streamed in order as they are completed, one per line and without the loss; an error after the first is reported in a final line that holds a problem.`,
  flags: hasGradient,
  flagMeans: {
    grad: 'Also return the gradient of the loss with respect to each series, in the shape of its input: for pair k, weights[k] times the gradient of its value.',
  },
  fields: {
    dataset1: dataset,
    dataset2: dataset,
    weights: vector.optional().meta({
      'x-name': 'PairWeights',
      description:
        'A number for each pair: how much it counts in the loss, and so in the gradient. Values stay as they are. Default: all 1.',
    }),
  },
  check: (record, body, context) => reading(context, () => requirePairs(record, { weights: undefined, ...body })),
  answer: (record) =>
    z.object({
      values: z.array(z.number()).meta({ description: 'The value of each pair' }),
      loss: z.number().meta({ description: 'The sum of weights[k] * values[k]' }),
      ...computedBySchema(record),
      ...(record.gives.includes('grad') && { gradient: gradientOf(record).optional() }),
    }),
  answerMeans: 'The value of each pair, their weighted sum and, if asked for, its gradient',
  matrix: 'values',
  examples: {
    batch: {
      summary: 'Two pairs, of which the second counts half',
      value: {
        dataset1: [
          [1, 2, 3, 3],
          [2, 4, 1, 0],
        ],
        dataset2: [
          [3, 4, -3, 1],
          [2, 3, 3, 1],
        ],
        weights: [1, 0.5],
      },
    },
    unequal: {
      unequal: true,
      summary: 'Two pairs of series of unequal lengths',
      value: {
        dataset1: [
          [1, 2, 3],
          [2, 4, 1],
        ],
        dataset2: [
          [3, 4, -3, 1],
          [2, 3, 3, 0],
        ],
      },
    },
  },
  exampleAnswer: (
    record,
    { dataset1, dataset2, weights }: { dataset1: unknown; dataset2: unknown; weights: unknown },
  ) => pairs(record, dataset1, dataset2, {}, { grad: record.gives.includes('grad'), weights }),
  plan(record, body, { grad = false }) {
    const problem = problemOf(body, grad);
    return {
      price: pairsPrice(record, problem),
      cut(cells) {
        const out = flatPairs(record, problem, (count) => new Float64Array(new SharedArrayBuffer(8 * count)));
        const inputs = pairsPieces(record, problem, cells).map((piece) => ({
          metric: record.name,
          problem,
          piece,
          out,
        }));
        const rowAt = pairRow(record, problem, out);
        let given = 0;
        return {
          inputs,
          answer: () => presentPairs(record, problem, out),
          *rows(pieces) {
            const complete = inputs[pieces - 1]?.piece.to ?? 0;
            for (; given < complete; given++) yield gridsToLists(rowAt(given));
          },
        };
      },
    };
  },
  tiles(record, body, cells, { grad = false }) {
    const { dataset1, dataset2, weights } = body;
    const cut = pairsPieces(record, problemOf(body, grad), cells);
    return {
      count: cut.length,
      bodies(tile) {
        const { from, to } = cut[tile];
        const part = {
          ...body,
          dataset1: sliceOf(dataset1, from, to),
          dataset2: sliceOf(dataset2, from, to),
          ...(weights && { weights: rowsOf(weights, from, to) }),
        };
        return [part];
      },
      join(answers) {
        const parts = answers as PairsInGrids[];
        const [first] = parts as [PairsInGrids];
        const values = joined(parts.map((part) => part.values)) as Grid;
        const gradient = Object.keys(first.gradient ?? {}).map((name) => [
          name,
          joined(parts.map((part) => part.gradient?.[name] as Grid)),
        ]);
        return {
          ...first,
          values,
          loss: lossOf(values.data, weights),
          ...(first.gradient && { gradient: Object.fromEntries(gradient) }),
        };
      },
    };
  },
  job({ metric, problem, piece, out }, cancel) {
    computePairs(metricRecord(metric), problem, piece, out, cancel);
    return null;
  },
  row: z
    .object({
      row: z.int().min(0),
      value: z.number(),
      gradient: z
        .object({ s1: shaped, s2: shaped, gamma: z.number().optional(), sigma: z.number().optional() })
        .optional(),
    })
    .meta({ description: 'One line: one pair' }),
  *rowsOf({ values, gradient }: PairsInGrids) {
    const names = { dataset1: 's1', dataset2: 's2' } as const;
    for (let k = 0; k < values.data.length; k++) {
      const parts = Object.entries(gradient ?? {}).map(([name, whole]) => [
        Reflect.get(names, name) ?? name,
        listOfGrid(partOf(whole, k)),
      ]);
      yield { row: k, value: values.data[k], ...(gradient && { gradient: Object.fromEntries(parts) }) };
    }
  },
});

const gradientText = (record: MetricRecord): string =>
  hasGradient(record).length > 0
    ? 'With `grad`, the response is a training step: `gradient` is the gradient of `loss`, the sum of weights[k] * values[k], with respect to every series. '
    : '';

function gradientOf(record: MetricRecord) {
  const by = record.smoothedBy;
  return z
    .object({
      dataset1: z.array(shaped).meta({ description: 'd loss / d each series of dataset1, in the shape it came in' }),
      dataset2: z.array(shaped).meta({ description: 'd loss / d each series of dataset2' }),
      ...(by && {
        [by]: z
          .array(z.number())
          .optional()
          .meta({ description: `weights[k] * d values[k] / d ${by}; absent if ${by} is 0` }),
      }),
    })
    .meta({ 'x-name': 'PairsGradient' });
}

/** The response before its arrays become lists. */
interface PairsInGrids {
  readonly values: Grid;
  readonly gradient?: Readonly<Record<string, Grid | readonly Grid[]>>;
}

const problemOf = ({ dataset1, dataset2, weights, params, be }: Body & Common, grad: boolean): PairsProblem => ({
  dataset1,
  dataset2,
  weights,
  params,
  be,
  grad,
});
