import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { CLIENT_GONE, Problem } from '../http/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Aborted when nobody waits for the response any more: the client has disconnected, or the time is up. */
    abandoned: AbortSignal;
  }
}

/**
 * Signals to each request when its work has become useless. Fastify's own `request.signal` is aborted as soon as the body of a POST
 * has been read (fastify #6725), and its `handlerTimeout` never fires there, so this listens to the response instead.
 */
export const cancellation = fp(async (app: FastifyInstance, { REQUEST_TIMEOUT_MS: limit }: Config) => {
  const controllers = new WeakMap<FastifyRequest, AbortController>();
  // Fastify decorates reference types by a getter; the hook below sets each request's own.
  app.decorateRequest('abandoned', null as unknown as AbortSignal);
  app.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    controllers.set(request, controller);
    request.abandoned = controller.signal;
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) controller.abort(CLIENT_GONE);
    });
  });
  // The body has arrived. How long that may take is limited by RECEIVE_TIMEOUT_MS.
  app.addHook('preValidation', async (request, reply) => {
    const timer = setTimeout(() => {
      const problem = new Problem('timeout', `the request took longer than ${limit} ms and was stopped`);
      controllers.get(request)?.abort(problem);
    }, limit);
    reply.raw.once('close', () => clearTimeout(timer));
  });
});
