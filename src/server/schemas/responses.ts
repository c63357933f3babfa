import { z } from 'zod';
import { type Code, catalogue, Problem, problemBody } from '../http/errors.ts';
import { JSON_TYPE, PROBLEM_TYPE } from '../http/media-types.ts';
import { problem } from './problem.ts';

/**
 * The documented error responses of a route: one for each class of statuses, with its statuses and codes. Routes with the same codes share
 * it under the name.
 */
export function problemResponses(name: string, codes: readonly Code[]) {
  const byClass = Map.groupBy(codes.toSorted(byStatus), (code) => Math.floor(catalogue[code][0] / 100));
  return Object.fromEntries(
    [...byClass].map(([first, group]) => [
      `${first}XX`,
      {
        description: [meanings[first], '', ...group.map(line)].join('\n'),
        content: {
          [PROBLEM_TYPE]: {
            schema: z.unknown().meta({
              'x-ref': problem.meta()?.id, // a $ref would lose what stands beside it
              'x-response': `${name}${first === 4 ? 'Refused' : 'Failed'}`,
              'x-example': first === 4 ? example : undefined,
            }),
          },
        },
      },
    ]),
  );
}

const example = problemBody(
  new Problem('invalid_request', 'body/s1/1: expected a finite number, got a value of type string', {
    errors: [{ pointer: '/s1/1', detail: 'expected a finite number, got a value of type string' }],
  }),
  '1f0c2d5c-3c3e-4f6e-9d0a-5a1f5f6f7a10',
);

const byStatus = (a: Code, b: Code): number => catalogue[a][0] - catalogue[b][0];

const line = (code: Code): string => `- ${catalogue[code][0]} \`${code}\`: ${catalogue[code][1]}`;

const meanings: Readonly<Record<number, string>> = {
  4: 'The request was refused. `detail` says what to change.',
  5: 'The request was not at fault, unless it was too large to compute in time.',
};

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
export const computeProblems = problemResponses('Compute', [
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
