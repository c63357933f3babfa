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
  app.addHook('onRequest', (request, _reply, done) => {
    const { accept } = request.headers;
    if (accept === undefined || request.is404) return done();
    const { produces = [JSON_TYPE] } = request.route.config;
    if (request.accepts().type(produces) !== false) return done();
    const reason = asksForMatrix(accept) ? ': its response is not a single matrix' : '';
    done(new Problem('not_acceptable', `this route returns ${produces.join(', ')}, not ${accept}${reason}`));
  });
});

const asksForMatrix = (accept: string): boolean => accept.includes(NPY);
