import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../http/errors.ts';

const METHODS = ['GET', 'POST'];

/** 404, or 405 with the methods that the route supports. Sent before the body is read, since the body does not matter. */
export const unknownRoutes = fp(async (app: FastifyInstance) => {
  const refuse = ({ url, method }: FastifyRequest): never => {
    const path = url.split('?')[0] as string;
    const allowed = METHODS.filter((one) => app.hasRoute({ method: one, url: path }));
    if (allowed.length === 0) {
      const headers = { 'cache-control': 'no-store' };
      throw new Problem('not_found', `there is no route ${path}: GET /capabilities lists the metrics`, { headers });
    }
    const allow = allowed.join(', ');
    throw new Problem('method_not_allowed', `${path} accepts ${allow}, not ${method}`, { headers: { allow } });
  };
  app.setNotFoundHandler(refuse);
  app.addHook('onRequest', async (request) => {
    if (request.is404) refuse(request);
  });
});
