import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { keysOf } from '../keys/known.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `never`: a route that is not counted against the rate limit. `apart`: counted by itself, whatever else its caller asks. */
    counted?: 'never' | 'apart';
  }
}

/** Callers that are remembered at once; of more, those forgotten first are those that asked longest ago. */
const REMEMBERED = 50_000;

/** What is counted apart is asked for by a machine, every few seconds. */
const APART_PER_MINUTE = 60;

/** 429 for a caller that asks too often: a key, or an address without one that fits, whatever it asks for. Comes before keys are refused. */
export const rateLimits = fp(async (app: FastifyInstance, config: Config) => {
  if (config.RATE_LIMIT_PER_MINUTE === 0 && keysOf(config).every(({ perMinute }) => perMinute === 0)) return;
  await app.register(rateLimit, {
    global: false, // its own hook is the route's, which comes after those of the whole service
    timeWindow: 60_000,
    cache: REMEMBERED,
    enableDraftSpec: true,
    max: limitOf,
    keyGenerator: (request: FastifyRequest) => (isApart(request) ? `${request.caller.id} apart` : request.caller.id),
    allowList: ({ routeOptions, caller }: FastifyRequest) =>
      routeOptions.config.counted === 'never' || caller.perMinute === 0,
    errorResponseBuilder: (request: FastifyRequest, { ttl }: { ttl: number }) =>
      new Problem(
        'rate_limited',
        `more than ${limitOf(request)} requests within a minute: try again in ${Math.ceil(ttl / 1000)} s`,
      ),
  });
  app.addHook('onRequest', app.rateLimit());
});

const isApart = ({ routeOptions }: FastifyRequest): boolean => routeOptions.config.counted === 'apart';

const limitOf = (request: FastifyRequest): number =>
  isApart(request) ? Math.max(APART_PER_MINUTE, request.caller.perMinute) : request.caller.perMinute;
