import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type Place, Problem, pointer } from './errors.ts';

/** How many places an error lists; a body can be wrong in a million. */
const MAX_PLACES = 20;

/** A body that a worker has already validated. */
export class Validated {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** Validates body and query with their zod schemas. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) =>
    data instanceof Validated ? data : validate(schema, data, () => (httpPart === 'querystring' ? 'query' : 'body'));

/** The part of the request that a validated field came from. */
type PartOf = (field: string) => 'body' | 'query';

/** The parsed data, or a problem that lists the first places that are wrong and counts the rest. */
export function validate(schema: z.ZodType, data: unknown, partOf: PartOf): { value: unknown } | { error: Problem } {
  const result = schema.safeParse(data);
  return result.success ? { value: result.data } : { error: invalidRequest(result.error.issues, partOf) };
}

function invalidRequest(issues: readonly z.core.$ZodIssue[], partOf: PartOf): Problem {
  const places = issues.flatMap(placesOf);
  const errors = places.slice(0, MAX_PLACES);
  const more = places.length - errors.length;
  if (more > 0) errors.push({ pointer: '', detail: `and ${more} more` });
  const first = errors[0] as Place;
  return new Problem('invalid_request', `${partOf(first.pointer.slice(1))}${first.pointer}: ${first.detail}`, {
    errors,
  });
}

function placesOf(issue: z.core.$ZodIssue): Place[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(issue.path), detail: issue.message }];
  const custom = !issue.message.startsWith('Unrecognized key');
  return issue.keys.map((key) => ({
    pointer: pointer([...issue.path, key]),
    detail: custom ? issue.message : `unknown field "${key}"`,
  }));
}
