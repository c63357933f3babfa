import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether the service has begun to shut down. */
    draining: boolean;
  }
}

/**
 * A shutdown in three steps: new requests get 503, on new connections too; accepted ones are finished; then the service stops
 * listening. A request whose body is still arriving may take half of the available time.
 */
export const draining = fp(async (app: FastifyInstance, { SHUTDOWN_TIMEOUT_MS }: Config) => {
  const accepted = new Set<FastifyRequest>();
  const arriving = new Set<FastifyRequest>();
  let finished = () => {};
  app.decorate('draining', false);

  app.addHook('preClose', async () => {
    app.draining = true;
    if (accepted.size === 0) return;
    const patience = setTimeout(() => {
      for (const { raw } of arriving) raw.socket.destroy();
    }, SHUTDOWN_TIMEOUT_MS / 2);
    await new Promise<void>((resolve) => {
      finished = resolve;
    });
    clearTimeout(patience);
  });
  // A connection that is kept alive would keep the process alive too.
  app.addHook('onSend', async (_request, reply) => {
    if (app.draining) reply.header('connection', 'close');
  });
  app.addHook('onRequest', async (request, reply) => {
    if (/^\/(livez|readyz)\b/.test(request.url)) return;
    if (app.draining) {
      throw new Problem('draining', 'the service is shutting down: try again', {
        headers: { 'retry-after': '1' },
      });
    }
    accepted.add(request);
    arriving.add(request);
    reply.raw.once('close', () => {
      accepted.delete(request);
      arriving.delete(request);
      if (accepted.size === 0) finished();
    });
  });
  app.addHook('preValidation', async (request) => void arriving.delete(request));
});
