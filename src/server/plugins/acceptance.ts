import accepts from '@fastify/accepts';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../http/errors.ts';
import { JSON_TYPE, NPY } from '../http/media-types.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The media types a route can return; JSON if absent. */
    produces?: string[];
  }
}

/** 406 before any work is done, if the caller accepts nothing that the route can return. */
export const acceptance = fp(async (app: FastifyInstance) => {
  await app.register(accepts);
  app.addHook('onRequest', async (request) => {
    const { produces = [JSON_TYPE] } = request.routeOptions.config;
    if (request.is404 || request.headers.accept === undefined) return;
    if (request.accepts().type(produces) === false) {
      const reason = asksForMatrix(request.headers.accept) ? ': its response is not a single matrix' : '';
      throw new Problem(
        'not_acceptable',
        `this route returns ${produces.join(', ')}, not ${request.headers.accept}${reason}`,
      );
    }
  });
});

const asksForMatrix = (accept: string): boolean => accept.includes(NPY);
