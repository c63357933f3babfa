import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { nearestName } from '../../core/server-door.ts';
import { type Code, catalogue, type Place, Problem, pointer } from './errors.ts';
import { linesOfUnknown, MAX_PLACES } from './unknown-keys.ts';

/** A body that a worker has already validated. */
export class Validated {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** Validates body and query with their zod schemas. One that is lazy is made at the first request, so that the service starts faster. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  // Most queries are empty, and what an empty one means never changes.
  let empty: object | undefined;
  return (data) => {
    if (data instanceof Validated) return data;
    const isEmpty = httpPart === 'querystring' && Object.keys(data as object).length === 0;
    if (isEmpty && empty) return { value: { ...empty } };
    const found = validate(schema, data, () => partNamed(httpPart));
    if (isEmpty && 'value' in found) empty = found.value as object;
    return found;
  };
};

/** The part of the request that a validated field came from. */
type PartOf = (field: string) => Part;
type Part = 'body' | 'query' | 'path' | 'headers';

function partNamed(httpPart: string | undefined): Part {
  if (httpPart === 'querystring') return 'query';
  if (httpPart === 'params') return 'path';
  return httpPart === 'headers' ? 'headers' : 'body';
}

/** The parsed data, or a problem that lists the first places that are wrong and counts the rest. */
export function validate(schema: z.ZodType, data: unknown, partOf: PartOf): { value: unknown } | { error: Problem } {
  const result = schema.safeParse(data, { reportInput: true });
  return result.success
    ? { value: result.data }
    : { error: invalidRequest(result.error.issues, partOf, namesIn(schema)) };
}

/** The fields of a schema of an object. */
function namesIn(schema: z.ZodType): string[] {
  const own = schema instanceof z.ZodLazy ? schema.unwrap() : schema;
  return own instanceof z.ZodObject ? Object.keys(own.shape) : [];
}

function invalidRequest(issues: readonly z.core.$ZodIssue[], partOf: PartOf, known: readonly string[]): Problem {
  // A missing field is often present under another name: report that first.
  const sorted = issues.toSorted((a, b) => Number(isMissing(a)) - Number(isMissing(b)));
  const places = onePerPlace(
    sorted.flatMap((issue) => repeated(issue, partOf) ?? placesOf(issue, issue.path.length === 0 ? known : [])),
  );
  const errors = places.slice(0, MAX_PLACES);
  const more = places.length - errors.length;
  if (more > 0) errors.push({ pointer: '', detail: `and ${more} more` });
  const first = errors[0] as Place;
  const detail = `${partOf(first.pointer.slice(1))}${first.pointer}: ${first.detail}`;
  return new Problem(codeOf(sorted[0] as z.core.$ZodIssue), detail, { errors });
}

/** What is said last of a place: a bound after that of integers, what fits the other fields after what fits any. */
const onePerPlace = (places: readonly Place[]): Place[] => [
  ...new Map(places.map((place) => [place.pointer, place])).values(),
];

const isMissing = ({ input }: z.core.$ZodIssue): boolean => input === undefined;

/** The core's own code for what it rejected, if it has one. */
function codeOf(issue: z.core.$ZodIssue): Code {
  const code = issue.code === 'custom' ? issue.params?.code : undefined;
  return code in catalogue && code !== 'invalid_input' ? code : 'invalid_request';
}

function placesOf(issue: z.core.$ZodIssue, known: readonly string[]): Place[] {
  if (issue.code === 'invalid_union') return [placeInUnion(issue)];
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointer(issue.path), detail: detailOf(issue) }];
  return linesOfUnknown(issue, known).map((detail, at) => ({
    pointer: pointer([...issue.path, issue.keys[at] ?? '']),
    detail,
  }));
}

/** Of a value that is none of several kinds: what is wrong inside of it, if it is a list as one of them is, otherwise which kinds there are. */
function placeInUnion({ path, errors, input }: z.core.$ZodIssueInvalidUnion): Place {
  const inner = errors.flat().find((issue) => issue.path.length > 0 && !errors.some((other) => other.length === 0));
  if (inner !== undefined) return { pointer: pointer([...path, ...inner.path]), detail: detailOf(inner) };
  const kinds = new Set(
    errors.flat().map((issue) => (issue.code === 'invalid_type' ? issue.expected : 'another value')),
  );
  return {
    pointer: pointer(path),
    detail: `Invalid input: expected ${[...kinds].join(' or ')}, received ${kindOf(input)}`,
  };
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Other names of values. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  manhattan: 'cityblock',
  l1: 'cityblock',
  l2: 'euclidean',
  squared: 'sqeuclidean',
  maximum: 'chebyshev',
  tensorflow: 'tfjs',
  tf: 'tfjs',
  np: 'numpy',
};

/** Words for no value at all. */
const NOTHING: ReadonlySet<string> = new Set(['', 'none', 'null', 'no', 'off', 'false']);

function detailOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
    const values = issue.values.map(String);
    const other = OTHER_WORDS[issue.input.toLowerCase()];
    const near = other !== undefined && values.includes(other) ? other : nearestName(issue.input, values);
    if (near === undefined && NOTHING.has(issue.input.toLowerCase()))
      return `${issue.message}; omit it for the default`;
    return near === undefined ? issue.message : `${issue.message}: did you mean "${near}"?`;
  }
  if (issue.code === 'invalid_type' && (issue.expected as string) === 'int' && typeof issue.input === 'number') {
    return `expected a whole number, got ${issue.input}`;
  }
  return issue.path.length === 0 ? `${issue.message}${noObject(issue.input)}` : issue.message;
}

/** The place of a query parameter that is there more than once, and so comes as a list. */
function repeated({ path, input }: z.core.$ZodIssue, partOf: PartOf): Place[] | undefined {
  if (!Array.isArray(input) || path.length !== 1 || partOf(String(path[0])) !== 'query') return undefined;
  return [{ pointer: pointer(path), detail: `given ${input.length} times: give it once` }];
}

/** What was sent instead of an object. */
function noObject(body: unknown): string {
  if (body === null || body === undefined)
    return '; send the fields as a JSON object, with content-type: application/json';
  if (typeof body === 'string') return '; the body was encoded as JSON twice';
  return Array.isArray(body) ? '; send the fields by their names, as in {"s1": [1, 2], "s2": [1, 3]}' : '';
}
