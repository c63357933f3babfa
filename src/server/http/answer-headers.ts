import type { OpenAPIV3_1 } from 'openapi-types';

const header = (
  description: string,
  schema: NonNullable<OpenAPIV3_1.HeaderObject['schema']>,
): OpenAPIV3_1.HeaderObject => ({
  description,
  schema,
});

/** The headers of responses. */
const headers = {
  'X-Request-Id': header('The request id: the one sent by the caller if it is well-formed, otherwise a generated one', {
    type: 'string',
    pattern: '^[\\w.:/=+@-]{1,128}$',
  }),
  'Server-Timing': header('Where the time went, in milliseconds', { type: 'string' }),
  'Retry-After': header('Seconds to wait before retrying', { type: 'integer', minimum: 1 }),
  'WWW-Authenticate': header('How to send a key', { type: 'string' }),
};

type Name = keyof typeof headers;

const byStatus: Readonly<Record<string, readonly Name[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** Adds to every response in the document which headers it has. */
export function documentHeaders(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of [path?.get, path?.post, path?.put, path?.delete]) {
      for (const [status, answer] of Object.entries(operation?.responses ?? {})) {
        if ('$ref' in answer) continue;
        const names: Name[] = ['X-Request-Id', 'Server-Timing', ...(byStatus[status] ?? [])];
        answer.headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
      }
    }
  }
  return { ...document, components: { ...document.components, headers } };
}
