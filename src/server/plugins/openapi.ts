import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { cellsText } from '../schemas/cells-text.ts';
import { limitsTable } from '../schemas/limits-table.ts';
import { version } from '../version.ts';

const description = `Elastic distances such as DTW and soft-DTW on interchangeable backends. Parameters keep their tslearn names, so anyone who knows the Python call can write the request.

Every response has the headers \`X-Request-Id\` and \`Server-Timing\`. /openapi.json is for client generators: JSON in, JSON out. /openapi-full.json also has NumPy files, lines of JSON, and the headers that make a request a job.

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
        contact: { name: 'The developers of Warpserve' },
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [
        { url: 'http://127.0.0.1:8080', description: 'A service started with `npm start` on this machine' },
        { url: '/', description: 'The service that this document came from' },
      ],
      tags: [
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
    transformObject: (input) => jsonSchemaTransformObject(input) as OpenAPIV3_1.Document,
  });
});
