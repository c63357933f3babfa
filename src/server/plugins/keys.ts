import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { bearerToken } from '../keys/known.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a route answers without a key: health, documents and their like. */
    open?: boolean;
  }
}

/** Where keys are configured, every route that is not open needs one: `Authorization: Bearer KEY`. */
export const keys = fp(async (app: FastifyInstance, { API_KEYS, API_KEYS_FILE }: Config) => {
  if (API_KEYS.length + API_KEYS_FILE.length === 0) return;
  app.addHook('onRequest', ({ headers, is404, route, caller }, _reply, done) => {
    if (is404 || route.config.open || caller.hasKey) return done();
    const given = headers.authorization;
    const detail =
      given === undefined
        ? 'send an API key: Authorization: Bearer KEY'
        : bearerToken(given) === undefined
          ? 'the Authorization header must be `Bearer`, one space and a key'
          : 'this key is not one of the configured keys';
    const challenge = `Bearer realm="warpserve"${given === undefined ? '' : ', error="invalid_token"'}`;
    done(new Problem('unauthorized', detail, { headers: { 'www-authenticate': challenge } }));
  });
});
