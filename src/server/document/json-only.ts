import { JSON_TYPE } from '../http/media-types.ts';
import { mapOperations } from './operations.ts';
import { isPart, mapParts, type Part } from './walk.ts';

/** Marks a parameter, or an alternative of a schema, that only the full document has. */
export const FULL_ONLY = 'x-full-only';

/** What the document for generators has in place of a schema. */
export const FOR_GENERATORS = 'x-for-generators';

/** JSON in and JSON out: what generators make clients of. An answer that has no JSON keeps its type. */
export const jsonOnly = (document: Part): Part =>
  mapParts(mapOperations(document, withoutMarkedParameters), (part) => onlyJson(withoutMarked(part))) as Part;

/** Without the header that asks for a job there is no 202. */
function withoutMarkedParameters(operation: Part): Part {
  const given = (operation.parameters ?? []) as Part[];
  const parameters = given.filter(({ schema }) => !isMarked(schema));
  const asks = parameters.length < given.length && given.some(({ name }) => name === 'prefer');
  const { 202: job, ...responses } = operation.responses as Part;
  return {
    ...operation,
    ...(operation.parameters !== undefined && { parameters }),
    responses: job === undefined || asks ? responses : { ...responses, 202: job },
  };
}

const isMarked = (part: unknown): boolean => isPart(part) && part[FULL_ONLY] === true;

const withoutMarked = (part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter((one) => !isMarked(one)) : value,
    ]),
  );

/** The examples of a body are values: a mark beside one of them is no part of a schema. */
function onlyJson(part: Part): Part {
  const examples = isPart(part.examples)
    ? { examples: Object.fromEntries(Object.entries(part.examples).filter(([, one]) => !isMarked(one))) }
    : {};
  return isPart(part.content) && JSON_TYPE in part.content
    ? { ...part, ...examples, content: { [JSON_TYPE]: forGenerators(part.content[JSON_TYPE] as Part) } }
    : { ...part, ...examples };
}

const forGenerators = ({ [FOR_GENERATORS]: schema, ...media }: Part): Part =>
  schema === undefined ? media : { ...media, schema };

/** Everything: without what is for generators. */
export const complete = (document: Part): Part =>
  mapParts(document, ({ [FOR_GENERATORS]: _, ...part }) => part) as Part;
