import type { FastifyInstance } from 'fastify';
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
  app.decorate('draining', false);
  app.addHook('preClose', async () => {
    app.draining = true;
    // A connection that is kept alive would keep the process alive too.
    for (const { reply } of app.inFlight) reply.header('connection', 'close');
    const accepted = [...app.inFlight].filter(({ reply }) => !isHealth(reply.request));
    const patience = setTimeout(() => {
      for (const { reply } of accepted) if (!reply.request.raw.complete) reply.request.raw.socket.destroy();
    }, SHUTDOWN_TIMEOUT_MS / 2);
    await Promise.all(accepted.map(({ memory }) => new Promise<void>((resolve) => memory.atEnd(resolve))));
    clearTimeout(patience);
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!app.draining) return done();
    reply.header('connection', 'close');
    if (isHealth(request)) return done();
    const headers = { 'retry-after': '1' };
    done(new Problem('draining', 'the service is shutting down: try again', { headers }));
  });
});

const isHealth = ({ url }: { url: string }): boolean => /^\/(livez|readyz)\b/.test(url);
