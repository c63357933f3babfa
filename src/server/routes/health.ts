import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Pool } from '../pool/pool.ts';
import { problemResponses } from '../responses.ts';

const state = z.object({ status: z.enum(['ok', 'warming up', 'draining']) });
const answer = (description: string) => ({ description, content: { 'application/json': { schema: state } } });

/** GET /livez: the process answers. GET /readyz: every worker is warm and the service is not shutting down. */
export async function healthRoutes(app: FastifyInstance, { pool }: { pool: Pool }): Promise<void> {
  const quiet = { logLevel: 'warn' as const, config: { open: true } };

  app.get(
    '/livez',
    {
      ...quiet,
      schema: {
        operationId: 'livez',
        summary: 'Whether the process is alive',
        tags: ['service'],
        response: { 200: answer('Alive'), ...problemResponses(['not_acceptable']) },
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
        summary: 'Whether the service takes requests',
        tags: ['service'],
        response: {
          200: answer('Every worker is warm'),
          503: answer('Warming up or shutting down'),
          ...problemResponses(['not_acceptable']),
        },
      },
    },
    async (_request, reply) => {
      if (app.draining) return reply.code(503).send({ status: 'draining' });
      return pool.ready ? { status: 'ok' } : reply.code(503).send({ status: 'warming up' });
    },
  );
}
