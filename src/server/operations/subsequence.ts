import { z } from 'zod';
import {
  findSubsequence,
  type Match,
  presentMatches,
  radiusOf,
  requireSameFeatures,
  type Series,
  type SubsequenceProblem,
  subsequence,
  subsequenceParams,
  subsequencePrice,
} from '../../core/server-door.ts';
import { computedBySchema, path, reading, series } from '../schemas/series.ts';
import { defineOperation, inOnePiece } from './operation.ts';

interface Body {
  query: Series;
  series: Series;
  k: number;
}

/** POST /{metric}/subsequence: where a query occurs in a long series. */
export const subsequenceSearch = defineOperation<Body, SubsequenceProblem, Match[]>({
  name: 'subsequence',
  suffix: '/subsequence',
  appliesTo: ({ serves }) => serves?.includes('subsequence') ?? false,
  summary: ({ title }) => `${title}: the best matches of a query in a long series`,
  description: () =>
    'The best match first, then the best of those that share no step of the series with it, and so on: at most `k`, or fewer if nothing is left. Of matches with the same value, the one that ends first comes first. A match covers the steps from start to end of the series, both inclusive; its value is that of POST /dtw for the query and these steps. Without a radius, a match may have any length.\n\nDefinition: tslearn.metrics.dtw_subsequence_path.',
  flags: () => ['path'],
  backends: ['numpy'],
  params: () => subsequenceParams.shape,
  fields: {
    query: series,
    series,
    k: z.int().min(1).max(1e9).default(1).meta({ description: 'Maximum number of matches' }),
  },
  check: (_record, { query, series: long }, context) =>
    reading(context, () => requireSameFeatures(query, long, ['series'])),
  answer: () =>
    z.object({
      matches: z.array(
        z.object({
          start: z.int().min(0).meta({ description: 'The first step of the match in the series' }),
          end: z.int().min(0).meta({ description: 'Its last step, inclusive' }),
          value: z.number(),
          path: path.optional().meta({ description: 'Pairs of a query step and a series step' }),
        }),
      ),
      ...computedBySchema({ backends: ['numpy'] }),
    }),
  answerMeans: 'The matches, best first',
  examples: {
    two: {
      summary: 'The two best matches',
      value: { query: [1, 4, 2], series: [0, 1, 4, 4, 2, 0, 0, 1, 5, 2, 0], k: 2 },
    },
  },
  exampleAnswer: (record, { query, series: long, k }: { query: number[]; series: number[]; k: number }) =>
    subsequence(record, query, long, { k }, { path: true }),
  plan(_record, { query, series: long, k, params }, { path = false }) {
    // The schema of the parameters is the operation's own.
    const radius = radiusOf(params as unknown as z.output<typeof subsequenceParams>);
    const problem = { query, series: long, k, radius, wanted: { path } };
    return inOnePiece(subsequencePrice(problem), problem, presentMatches);
  },
  job: findSubsequence,
});
