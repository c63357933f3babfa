import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { BACKENDS, computedBy, EXTRAS, gradientBy, LAYOUTS, metrics, TFJS_ENGINES } from '../../core/server-door.ts';
import { WhenNeeded } from '../http/when-needed.ts';
import { operations } from '../operations/index.ts';
import { problemResponses } from '../schemas/responses.ts';
import { layoutField } from '../schemas/series.ts';

const backendName = z.enum(BACKENDS).meta({ 'x-name': 'BackendName' });

const capabilities = z
  .object({
    store: z.boolean().meta({ description: 'Whether data sets can be stored' }),
    backends: z.array(
      z.object({
        name: backendName,
        dtype: z.enum(['float64', 'float32']).meta({ 'x-name': 'Dtype' }),
        engine: z.enum(TFJS_ENGINES).optional().meta({
          description: 'Which TensorFlow.js computes: the native one (node) or JavaScript (cpu). Only for tfjs',
        }),
      }),
    ),
    layouts: z
      .array(layoutField)
      .meta({ description: 'The values of `layout`, which every operation takes; the first is the default' }),
    metrics: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        summary: z.string(),
        formula: z.string(),
        source: z.string(),
        backends: z.array(backendName),
        gradient: z.array(z.string()).meta({
          description:
            'What ?grad=true differentiates with respect to: the series, and the smoothing parameter if there is one',
        }),
        similarity: z.boolean().meta({ description: 'Whether larger values mean more similar series' }),
        laws: z.array(z.string()).meta({ description: 'Properties that hold for every input' }),
        operations: z.array(
          z.object({
            method: z.literal('POST'),
            path: z.string(),
            flags: z.array(z.enum(EXTRAS).meta({ 'x-name': 'Flag' })),
            backends: z.array(backendName),
          }),
        ),
        parameters: z
          .record(z.string(), z.unknown())
          .meta({ description: "JSON Schema of the metric's own parameters" }),
      }),
    ),
  })
  .meta({ 'x-name': 'Capabilities' });

/** GET /capabilities: every metric with its operations, backends and parameter schema, straight from the records. */
export async function capabilitiesRoute(app: FastifyInstance): Promise<void> {
  const answer = new WhenNeeded(describe);
  app.get(
    '/capabilities',
    {
      config: { open: true },
      schema: {
        operationId: 'capabilities',
        summary: 'Every metric with its operations, backends and parameters',
        tags: ['service'],
        security: [],
        response: {
          200: { description: 'What this service can do', content: { 'application/json': { schema: capabilities } } },
          ...problemResponses('Capabilities', [
            'not_acceptable',
            'rate_limited',
            'headers_too_large',
            'overloaded',
            'draining',
          ]),
        },
      },
    },
    async () => ({ store: app.kept !== undefined, ...answer.value }),
  );
}

function describe(): Omit<z.output<typeof capabilities>, 'store'> {
  const names = backendName.options.filter((name) => metrics.some(({ backends }) => backends.includes(name)));
  return {
    backends: names.map(computedBy).map(({ be: name, ...how }) => ({ name, ...how })),
    layouts: [...LAYOUTS],
    metrics: metrics.map((record) => {
      const { name, title, summary, formula, source, backends, params, similarity = false, laws } = record;
      return {
        name,
        title,
        summary,
        formula,
        source,
        backends: [...backends],
        gradient: gradientBy(record),
        similarity,
        laws: [...laws],
        operations: operations
          .filter(({ appliesTo }) => appliesTo(record))
          .map(({ suffix, flags, backends: own = backends }) => ({
            method: 'POST' as const,
            path: `/${name}${suffix}`,
            flags: [...flags(record)],
            backends: [...own],
          })),
        parameters: z.toJSONSchema(params, {
          io: 'input',
          override: ({ jsonSchema }) => void delete jsonSchema['x-name'],
        }),
      };
    }),
  };
}
