import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type Place, Problem, pointer } from './errors.ts';

/** As many places as an error lists; a body can be wrong in a million. */
const MAX_PLACES = 20;

/** Validates body and query with their zod schemas. The problem lists the first places, and how many more there are. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    return { error: invalidRequest(result.error.issues, httpPart === 'querystring' ? 'query' : 'body') };
  };

function invalidRequest(issues: readonly z.core.$ZodIssue[], part: string): Problem {
  const places = issues.flatMap(placesOf);
  const errors = places.slice(0, MAX_PLACES);
  const more = places.length - errors.length;
  if (more > 0) errors.push({ pointer: '', detail: `and ${more} more` });
  const first = errors[0] as Place;
  return new Problem('invalid_request', `${part}${first.pointer}: ${first.detail}`, { errors });
}

function placesOf(issue: z.core.$ZodIssue): Place[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(issue.path), detail: issue.message }];
  const custom = !issue.message.startsWith('Unrecognized key');
  return issue.keys.map((key) => ({
    pointer: pointer([...issue.path, key]),
    detail: custom ? issue.message : `unknown field "${key}"`,
  }));
}
