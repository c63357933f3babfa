import type { OpenAPIV3_1 } from 'openapi-types';
import { operationsOf } from './operations.ts';
import type { Part } from './walk.ts';

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
  'Retry-After': header('Seconds to wait before retrying', {
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum: 1e9,
  }),
  'WWW-Authenticate': header('How to send a key', { type: 'string' }),
};

type Name = keyof typeof headers;

const byStatus: Readonly<Record<string, readonly Name[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** The document with the headers of its responses: of all, or only of those that have more than every response has. */
export function withHeaders(document: Part, ofAll: boolean): Part {
  for (const { responses } of operationsOf(document)) {
    for (const [status, answer] of Object.entries(responses as Record<string, Part>)) {
      const own = statusesOf(status, answer).flatMap((one) => byStatus[one] ?? []);
      if (own.length === 0 && !ofAll) continue;
      const names: Name[] = ['X-Request-Id', 'Server-Timing', ...own];
      answer.headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
    }
  }
  return { ...document, components: { ...(document.components as Part), headers } };
}

/** The statuses of a response: of a range, those that its description lists. */
const statusesOf = (status: string, { description }: Part): string[] =>
  status.endsWith('XX') ? [...String(description).matchAll(/^- (\d{3}) /gm)].map(([, one = '']) => one) : [status];
