import { JSON_TYPE, NPZ } from '../http/media-types.ts';
import { FOR_GENERATORS } from './json-only.ts';
import { mapOperations } from './operations.ts';
import type { Part } from './walk.ts';

/**
 * @fastify/swagger supports one schema per body, whatever its type. What else a route accepts it states under `x-npz` (an archive, and its
 * parameters in the query) or `x-upload` (bytes of other types).
 */
export const withBodies = (document: Part): Part => mapOperations(document, withBody);

function withBody({ 'x-npz': npz, 'x-upload': upload, ...operation }: Part): Part {
  if (npz !== undefined) {
    const { schema, parameters } = npz as { schema: Part; parameters: Part[] };
    const body = operation.requestBody as { content: Part };
    return {
      ...operation,
      parameters: [...((operation.parameters ?? []) as Part[]), ...parameters],
      requestBody: { ...body, content: { ...body.content, [NPZ]: { schema } } },
    };
  }
  if (upload !== undefined) {
    const { json, others } = upload as { json: Part; others: string[] };
    const { $schema: _, ...schema } = json;
    const bytes = { schema: { type: 'string', format: 'binary' } };
    // What is read is more than what is written: numbers as labels, null, a bare array. Generators get what is written.
    const content = {
      [JSON_TYPE]: { ...bytes, [FOR_GENERATORS]: schema },
      ...Object.fromEntries(others.map((type) => [type, bytes])),
    };
    return { ...operation, requestBody: { required: true, content } };
  }
  const { 204: none, ...others } = operation.responses as Part;
  if (none === undefined) return operation;
  const { content: _, ...empty } = none as Part;
  return { ...operation, responses: { ...others, 204: empty } };
}
