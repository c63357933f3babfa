import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Pool } from '../pool/pool.ts';
import { problemResponses } from '../schemas/responses.ts';

const state = z
  .object({ status: z.enum(['ok', 'warming up', 'draining', 'losing workers']).meta({ 'x-name': 'HealthStatus' }) })
  .meta({ 'x-name': 'Health' });
const answer = (description: string) => ({ description, content: { 'application/json': { schema: state } } });

/** GET /livez: the process responds. GET /readyz: every worker is warm, few were lost recently, and the service is not shutting down. */
export async function healthRoutes(app: FastifyInstance, { pool }: { pool: Pool }): Promise<void> {
  const quiet = { logLevel: 'warn' as const, config: { open: true, counted: 'never' as const } };

  app.get(
    '/livez',
    {
      ...quiet,
      schema: {
        operationId: 'livez',
        summary: 'Whether the process is alive',
        tags: ['service'],
        security: [],
        response: { 200: answer('Alive'), ...problemResponses('Health', ['not_acceptable']) },
      },
    },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      ...quiet,
      schema: {
        operationId: 'readyz',
        summary: 'Whether the service accepts requests',
        description:
          '503 until every worker is warm, while the service is shutting down, and while five or more workers have exited unexpectedly within the last minute.',
        tags: ['service'],
        security: [],
        response: {
          200: answer('Every worker is warm'),
          503: answer('Warming up, shutting down, or losing workers'),
          ...problemResponses('Health', ['not_acceptable']),
        },
      },
    },
    async (_request, reply) => {
      if (app.draining) return reply.code(503).send({ status: 'draining' });
      if (!pool.ready) return reply.code(503).send({ status: 'warming up' });
      return pool.crashing ? reply.code(503).send({ status: 'losing workers' }) : { status: 'ok' };
    },
  );
}
