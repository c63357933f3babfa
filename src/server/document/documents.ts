import { agentsDocument } from './agents.ts';
import { withBodies } from './bodies.ts';
import { tidy } from './components.ts';
import { withHeaders } from './headers.ts';
import { complete, jsonOnly } from './json-only.ts';
import { named } from './named.ts';
import { mapValues } from './operations.ts';
import { RESPONSE, shared } from './shared.ts';
import { spelled } from './spelling.ts';
import { withTags } from './tags.ts';
import { isPart, mapParts, type Part, refTo } from './walk.ts';

/** The document for generators: JSON in, JSON out. */
const defaultDocument = (raw: Part): Part => finished(withTags(jsonOnly(prepared(raw)), true), false);

/** The documents of the service by their names, made from what @fastify/swagger makes of its routes. */
export const documents: Readonly<Record<string, (raw: Part) => Part>> = {
  'openapi.json': defaultDocument,
  // Everything that the service accepts and returns.
  'openapi-full.json': (raw) => finished(withTags(complete(prepared(raw)), false), true),
  'openapi-agents.json': (raw) => agentsDocument(defaultDocument(raw)),
};

const prepared = (raw: Part): Part => lifted(spelled(withBodies(raw)));

const finished = (document: Part, headersOfAll: boolean): Part =>
  tidy(shared(withHeaders(named(document), headersOfAll)));

/** What a schema carries for the place where it is used: the example of a response, and the name of the response. */
const lifted = (document: Part): Part =>
  mapParts(document, (part) => {
    if (isPart(part.schema)) {
      const { 'x-example': example, ...schema } = part.schema;
      return { ...part, schema, ...(example !== undefined && { example }) };
    }
    if (!isPart(part.content)) return part;
    const content = Object.entries(part.content) as [string, Part][];
    const name = content
      .map(([, { schema }]) => (schema as Part | undefined)?.[RESPONSE])
      .find((one) => one !== undefined);
    return name === undefined ? part : { ...part, [RESPONSE]: name, content: mapValues(part.content, withoutName) };
  }) as Part;

function withoutName(media: Part): Part {
  const { [RESPONSE]: _, 'x-ref': name, ...schema } = media.schema as Part;
  return { ...media, schema: name === undefined ? schema : { ...schema, ...refTo('schemas', name as string) } };
}
