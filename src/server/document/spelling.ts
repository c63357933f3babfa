import { isPart, mapParts, type Part } from './walk.ts';

// How schemas are spelled so that every generator reads them. docs/decisions/0016-documents.md says why.

/** Schemas with the formats of their numbers, unions as `oneOf`, and null only where the service sends it. */
export const spelled = (document: Part): Part =>
  mapParts(document, (part) => numberFormat(union(withoutNull(withoutPattern(part))))) as Part;

/** float64 and int64, unless a schema says otherwise. */
function numberFormat(part: Part): Part {
  const types = [part.type].flat();
  if (part.format !== undefined) return part;
  if (types.includes('number')) return { ...part, format: 'double' };
  return types.includes('integer') ? { ...part, format: 'int64' } : part;
}

/** A parameter whose default is null is one that may be left out. A response's null is a type like any other. */
function withoutNull(part: Part): Part {
  const { anyOf, default: fallback, ...rest } = part;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || !anyOf.some(isNull)) return part;
  const other = anyOf.find((one) => !isNull(one)) as Part;
  if (fallback === null) return { ...other, ...rest };
  return { ...other, ...rest, type: [other.type, 'null'] };
}

const isNull = (part: unknown): boolean => isPart(part) && part.type === 'null';

/** The alternatives of the service's unions exclude each other. Their default is said in words: generators give it the type of the union. */
function union({ anyOf, default: fallback, ...rest }: Part): Part {
  if (anyOf === undefined) return fallback === undefined ? rest : { ...rest, default: fallback };
  const { description = '' } = rest;
  const said = fallback === undefined ? {} : { description: `${description} Default: ${JSON.stringify(fallback)}.` };
  return { ...rest, ...said, oneOf: anyOf };
}

/** What a format says already. */
function withoutPattern({ pattern, ...rest }: Part): Part {
  return pattern === undefined || ['date-time', 'uuid'].includes(rest.format as string) ? rest : { ...rest, pattern };
}
