import type { z } from 'zod';
import { type Code, catalogue } from '../http/errors.ts';
import { JSON_TYPE } from '../http/media-types.ts';
import { problem } from './problem.ts';

/** The documented error responses of a route: one per status, naming its possible codes. */
export function problemResponses(codes: readonly Code[]) {
  const byStatus = Map.groupBy(codes, (code) => catalogue[code][0]);
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.map((code) => `${catalogue[code][1]} (\`${code}\`)`).join('. '),
        content: { 'application/problem+json': { schema: problem } },
      },
    ]),
  );
}

/** What can go wrong on every route of stored data sets and jobs. */
export const storeCodes = [
  'unauthorized',
  'not_acceptable',
  'rate_limited',
  'headers_too_large',
  'overloaded',
  'draining',
  'store_unavailable',
] as const satisfies readonly Code[];

/** A response in JSON. */
export const jsonResponse = (schema: z.ZodType, description: string) => ({
  description,
  content: { [JSON_TYPE]: { schema } },
});

/** What can go wrong on every route that computes. */
export const computeProblems = problemResponses([
  'invalid_request',
  'malformed_json',
  'malformed_npz',
  'bad_host',
  'invalid_input',
  'empty_series',
  'too_short',
  'unequal_lengths',
  'unfit_parameter',
  'no_bandwidth',
  'unsupported_extra',
  'ambiguous_constraint',
  'infeasible_constraint',
  'infeasible_length',
  'out_of_range',
  'unauthorized',
  'dataset_not_found',
  'key_reused',
  'not_acceptable',
  'request_timeout',
  'body_too_large',
  'too_many_cells',
  'unsupported_media_type',
  'expectation_failed',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'worker_lost',
  'queue_full',
  'memory_full',
  'overloaded',
  'draining',
  'store_unavailable',
  'timeout',
]);
