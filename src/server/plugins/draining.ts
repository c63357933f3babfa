import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the service has begun to shut down. */
    draining: boolean;
  }
}

/** From the first moment of a shutdown on, new requests on open connections are answered 503; accepted ones are finished. */
export const draining = fp(async (app: FastifyInstance) => {
  app.decorate('draining', false);
  app.addHook('preClose', async () => {
    app.draining = true;
  });
  // A connection kept alive would keep the process alive too.
  app.addHook('onSend', async (_request, reply) => {
    if (app.draining) reply.header('connection', 'close');
  });
  app.addHook('onRequest', async (request) => {
    if (app.draining && !/^\/(livez|readyz)\b/.test(request.url)) {
      throw new Problem('draining', 'the service is shutting down: try again', {
        headers: { 'retry-after': '1' },
      });
    }
  });
});
