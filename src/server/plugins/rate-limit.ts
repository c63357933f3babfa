import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';
import { keysOf } from '../keys/known.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `never`: a route that does not count against the rate limit. `apart`: counted separately, regardless of its caller's other requests. */
    counted?: 'never' | 'apart';
  }
}

/** How many callers are remembered; beyond that, those seen longest ago are forgotten first. */
const REMEMBERED = 50_000;

/** Routes that are counted separately are requested by machines, every few seconds. */
const APART_PER_MINUTE = 60;

/** 429 for a caller with too many requests on any route: a key, or an address without a valid one. Comes before keys are refused. */
export const rateLimits = fp(async (app: FastifyInstance, config: Config) => {
  if (config.RATE_LIMIT_PER_MINUTE === 0 && keysOf(config).every(({ perMinute }) => perMinute === 0)) return;
  await app.register(rateLimit, {
    global: false, // its own hook belongs to the route, and comes after those of the whole service
    timeWindow: 60_000,
    cache: REMEMBERED,
    enableDraftSpec: true,
    max: limitOf,
    keyGenerator: (request: FastifyRequest) => (isApart(request) ? `${request.caller.id} apart` : request.caller.id),
    allowList: ({ route, caller }: FastifyRequest) => route.config.counted === 'never' || caller.perMinute === 0,
    errorResponseBuilder: (request: FastifyRequest, { ttl }: { ttl: number }) =>
      new Problem(
        'rate_limited',
        `more than ${limitOf(request)} requests within a minute: try again in ${Math.ceil(ttl / 1000)} s`,
      ),
  });
  app.addHook('onRequest', app.rateLimit());
});

const isApart = ({ route }: FastifyRequest): boolean => route.config.counted === 'apart';

const limitOf = (request: FastifyRequest): number =>
  isApart(request) ? Math.max(APART_PER_MINUTE, request.caller.perMinute) : request.caller.perMinute;
