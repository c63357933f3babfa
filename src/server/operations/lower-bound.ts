import { z } from 'zod';
import { keogh, lowerBound, lowerBoundPrice, requireSameFeatures, type Series } from '../../core/server-door.ts';
import { computedBySchema, reading, series, shaped } from '../schemas/series.ts';
import { defineOperation, inOnePiece } from './operation.ts';

interface Body {
  s1: Series;
  s2: Series;
  radius: number;
}

/** POST /{metric}/lower-bound: LB_Keogh and its envelope. */
export const lowerBoundOfPair = defineOperation<Body, Body, ReturnType<typeof keogh>>({
  name: 'lower-bound',
  suffix: '/lower-bound',
  appliesTo: ({ serves }) => serves?.includes('lower-bound') ?? false,
  summary: ({ title }) => `${title}: a lower bound in linear time (LB_Keogh)`,
  description: ({ name }) =>
    `How far s1 lies outside the envelope of s2, which holds the smallest and the largest value of s2 within \`radius\` steps. It never exceeds the value of POST /${name} with \`sakoe_chiba_radius\` set to \`radius\`. For unequal lengths, the window of a step is what that band lets it meet. Channels are summed.\n\nDefinition: tslearn.metrics.lb_keogh(ts_query=s1, ts_candidate=s2); Keogh, 2002.`,
  flags: () => [],
  backends: ['numpy'],
  params: () => ({}),
  fields: {
    s1: series,
    s2: series,
    radius: z.int().min(0).max(1e9).default(1).meta({ description: 'Radius of the window, in time steps' }),
  },
  check: (_record, { s1, s2 }, context) => reading(context, () => requireSameFeatures(s1, s2)),
  answer: () =>
    z.object({
      value: z.number(),
      envelope: z.object({ lower: shaped, upper: shaped }).meta({
        description: 'The smallest and the largest value of s2 that each step of s1 may meet, in the shape of s2',
      }),
      ...computedBySchema({ backends: ['numpy'] }),
    }),
  answerMeans: 'The lower bound and the envelope',
  examples: { univariate: { summary: 'Two series', value: { s1: [1, 2, 9, 2, 1], s2: [1, 3, 4, 2, 0], radius: 1 } } },
  exampleAnswer: (record, { s1, s2, radius }: { s1: number[]; s2: number[]; radius: number }) =>
    lowerBound(record, s1, s2, { radius }),
  plan: (_record, { s1, s2, radius }) => inOnePiece(lowerBoundPrice(s1, s2), { s1, s2, radius }, (found) => found),
  job: ({ s1, s2, radius }, cancel) => keogh(s1, s2, radius, cancel),
});
