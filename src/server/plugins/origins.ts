import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';

/** The headers of a response that a page of another origin may read. */
const exposedHeaders = [
  'Allow',
  'ETag',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'Server-Timing',
  'WWW-Authenticate',
  'X-Request-Id',
];

/** The methods that routes have. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];

/** Seconds for which a browser may cache a preflight. */
const MAX_AGE = 600;

/**
 * Lets pages of the configured origins call the service. Registered before anything that may refuse: a page can read a refusal only with these headers, and
 * a browser sends no key with its preflight.
 */
export const origins = fp(async (app: FastifyInstance, { CORS_ORIGINS }: Config) => {
  if (CORS_ORIGINS.length === 0) return;
  app.addHook('onRoute', (route) => {
    if (route.method === 'OPTIONS') route.config = { ...route.config, open: true };
  });
  await app.register(cors, {
    delegator: async (request: FastifyRequest) => ({
      origin: [...CORS_ORIGINS],
      methods: METHODS,
      exposedHeaders,
      maxAge: MAX_AGE,
      // Any other OPTIONS request is a method that no route supports.
      preflight: 'origin' in request.headers && 'access-control-request-method' in request.headers,
    }),
  });
});
