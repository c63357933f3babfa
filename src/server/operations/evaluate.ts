import { z } from 'zod';
import {
  type BackendName,
  bands,
  buildProblem,
  evaluate,
  type MetricRecord,
  metricRecord,
  type Params,
  type Price,
  pairPrice,
  present,
  requireSameFeatures,
  type Series,
  type Solution,
  seriesOrCosts,
  solve,
  solveProblem,
  type Wanted,
} from '../../core/server-door.ts';
import { computedBySchema, path, reading, series, shaped } from '../schemas/series.ts';
import { defineOperation } from './operation.ts';

/** A pair of series. */
interface Input {
  readonly metric: string;
  readonly s1: Series;
  readonly s2: Series;
  readonly params: Params;
  readonly be: BackendName;
  readonly wanted: Wanted;
}

/** POST /{metric}: the value for one pair of series, and on request its gradient, path and alignment. */
export const evaluatePair = defineOperation<{ s1: Series; s2?: Series }, Input, Solution>({
  name: 'evaluate',
  suffix: '',
  appliesTo: () => true,
  summary: ({ title }) => title,
  description: ({ summary, formula, source, differences }) =>
    `${summary}\n\n    ${formula}\n\nDefinition: ${source}.${differences ? ` ${differences}` : ''}`,
  flags: ({ gives }) => gives,
  fields: { s1: series, s2: series },
  optional: (record) => (takesCosts(record) ? ['s2'] : []),
  check: ({ mixedFeatures }, { s1, s2, ...params }, context) =>
    reading(context, () => {
      const [a, b] = seriesOrCosts(s1, s2, params as unknown as Params);
      if (b.d > 0 && !mixedFeatures) requireSameFeatures(a, b);
    }),
  answer: (record) =>
    z.object({
      value: z.number(),
      ...computedBySchema(record),
      ...record.also,
      ...(record.gives.includes('grad') && { gradient: gradientOf(record).optional() }),
      ...(record.gives.includes('path') && { path: path.optional() }),
      ...(record.gives.includes('alignment') && { alignment: z.array(z.array(z.number())).optional() }),
    }),
  answerMeans: 'The value, and whatever the flags ask for',
  examples: {
    univariate: { summary: 'Two univariate series', value: { s1: [1, 2, 3], s2: [3, 4, -3] } },
    multivariate: {
      unequal: true,
      summary: 'Series with two values per step and unequal lengths',
      value: {
        s1: [
          [1, 10],
          [2, 20],
          [3, 30],
          [4, 40],
        ],
        s2: [
          [1, 11],
          [3, 29],
          [4, 41],
        ],
      },
    },
    padded: {
      unequal: true,
      summary: 'The same, the second one padded to the length of the first',
      value: {
        s1: [
          [1, 10],
          [2, 20],
          [3, 30],
          [4, 40],
        ],
        s2: [
          [1, 11],
          [3, 29],
          [4, 41],
          [null, null],
        ],
      },
    },
  },
  exampleAnswer: (record, { s1, s2 }: { s1: number[]; s2: number[] }) =>
    evaluate(record, s1, s2, {}, Object.fromEntries(record.gives.map((extra) => [extra, true]))),
  plan(record, { s1: given, s2: other, params, be }, wanted) {
    const [s1, s2] = seriesOrCosts(given, other, params);
    const problem = buildProblem(record, s1, s2, params, bands(params));
    const price = pairPrice(record, params, be, wanted, s1, s2);
    return {
      price,
      onTheSpot: isQuick(be, wanted, price) ? () => solveProblem(problem, be, wanted) : undefined,
      cut: () => ({
        inputs: [{ metric: record.name, s1, s2, params, be, wanted }],
        answer: ([solution]) => present(solution as Solution, s1, s2, be),
      }),
    };
  },
  job: ({ metric, s1, s2, params, be, wanted }, cancel) =>
    solve(metricRecord(metric), s1, s2, params, be, wanted, cancel),
});

// Handing a pair to a worker and receiving its result costs the main thread about 20 microseconds and the worker as many, and makes the request wait for
// a thread, which takes milliseconds on a busy machine. Work that takes little more is done on the spot: that is faster for this request and no slower for others.

/** About 30 microseconds of the fastest sweep, and 120 of what is slowest for its price. */
const ON_THE_SPOT = 150_000;

/** Whether finding a value costs less than asking a worker for it. */
const isQuick = (be: BackendName, { grad, path, alignment }: Wanted, { cells }: Price): boolean =>
  be === 'numpy' && !grad && !path && !alignment && cells <= ON_THE_SPOT;

/** Whether a cost matrix may replace both series. */
const takesCosts = ({ params }: MetricRecord): boolean => 'metric' in params.shape;

function gradientOf(record: MetricRecord) {
  const by = record.smoothedBy;
  const meaning = `d value / d ${by}; absent if ${by} is 0`;
  return z
    .object({
      s1: shaped,
      s2: takesCosts(record) ? shaped.optional().meta({ description: 'absent if the costs were precomputed' }) : shaped,
      ...(by && { [by]: z.number().optional().meta({ description: meaning }) }),
    })
    .meta({ 'x-name': 'PairGradient' });
}
