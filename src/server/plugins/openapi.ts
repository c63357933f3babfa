import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { documentHeaders } from '../http/answer-headers.ts';
import { NPZ } from '../http/media-types.ts';
import { cellsText } from '../schemas/cells-text.ts';
import { limitsTable } from '../schemas/limits-table.ts';
import { version } from '../version.ts';

const description = `Elastic distances such as DTW and soft-DTW on interchangeable backends. Parameters keep their tslearn names, so anyone who knows the Python call can write the request.

## Limits

The operator of the service sets them.

${limitsTable()}

## Cells

The cost of a request is counted in cells before any work starts. ${cellsText()}`;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the document says of this route, made when the document is; without it, its schema. */
    document?: () => FastifySchema;
  }
}

/** The OpenAPI document, generated from the schemas of the routes. */
export const openapi = fp(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Warpserve',
        version,
        summary: 'Time-series similarity with gradients, as an HTTP service.',
        description,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/', description: 'this service' }],
      tags: [
        { name: 'metrics', description: 'One route per metric and operation, generated from the metric records' },
        {
          name: 'datasets',
          description: 'Stored data sets: named, versioned, and usable wherever a data set is expected',
        },
        { name: 'jobs', description: 'Requests that outlive their connection: `Prefer: respond-async`' },
        { name: 'service', description: 'What the service can do, and its health' },
      ],
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'Required if the service has `API_KEYS`' },
        },
      },
      security: [{}, { key: [] }],
    },
    transform: (input) => {
      const document = input.route.config?.document;
      return jsonSchemaTransform(document ? { ...input, schema: document() } : input);
    },
    transformObject: (input) => documentHeaders(tidy(jsonSchemaTransformObject(input) as OpenAPIV3_1.Document)),
  });
});

/** @fastify/swagger supports one schema per body, whatever its type: an operation states under `x-npz` what it accepts besides JSON. */
function withNpz({ 'x-npz': schema, ...operation }: OpenAPIV3_1.OperationObject & { 'x-npz': object }) {
  Object.assign((operation.requestBody as OpenAPIV3_1.RequestBodyObject).content, { [NPZ]: { schema } });
  return operation;
}

/** An upload: bytes of one of several types. */
function withUpload({ 'x-upload': types, ...operation }: OpenAPIV3_1.OperationObject & { 'x-upload': string[] }) {
  const schema = { type: 'string' as const, format: 'binary' };
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return { ...operation, requestBody: { required: true, content } };
}

/**
 * Keeps the components that something refers to. The provider writes each schema twice, X for responses and XInput for requests;
 * if only the second is used, it gets the plain name.
 */
function tidy(document: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas = document.components?.schemas ?? {};
  const used = new Set<string>();
  const collect = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      collect(schemas[name]);
    }
  };
  collect(document.paths);
  const plain = (name: string) => {
    const short = name.replace(/Input$/, '');
    return used.has(short) ? name : short;
  };
  const kept = Object.fromEntries([...used].sort().map((name) => [plain(name), schemas[name]]));
  const text = JSON.stringify({ ...document, components: { ...document.components, schemas: kept } });
  return JSON.parse(text, (key, value) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(/[^/]+$/, plain);
    if (typeof value !== 'object' || value === null) return value;
    if (key === '204') delete value.content;
    if ('x-upload' in value) return withUpload(value);
    return 'x-npz' in value ? withNpz(value) : value;
  });
}
