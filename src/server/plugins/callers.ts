import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { bearerToken, keyOf, keysOf } from '../keys/known.ts';

/** The caller: the matching key, or else the address. */
export interface Caller {
  /** The first 16 hex digits of the key's SHA-256; or the IPv4 address, or the /64 network of the IPv6 address. */
  readonly id: string;
  /** Its weight among callers waiting for workers. */
  readonly share: number;
  /** Requests per minute; 0: no limit. */
  readonly perMinute: number;
  /** Whether it is one of the configured keys. */
  readonly hasKey: boolean;
  /** Its name in the file of keys. */
  readonly name?: string | undefined;
}

/** A key shorter than this may be found by trying: no rate limit is slow enough. */
const GUESSABLE = 16;

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller. A key that is not configured does not count: then it is the address. */
    caller: Caller;
  }
}

/** Identifies the caller, before anything is counted or refused. Without a valid key, a caller is known only by its address. */
export const callers = fp(async (app: FastifyInstance, config: Config) => {
  const keys = keysOf(config);
  const short = config.API_KEYS.filter(({ length }) => length < GUESSABLE).length;
  if (short > 0) app.log.warn({ keys: short }, `keys of fewer than ${GUESSABLE} characters can be guessed`);
  // Fastify decorates reference types by a getter; the hook below sets each request's own.
  app.decorateRequest('caller', null as unknown as Caller);
  app.addHook('onRequest', async (request) => {
    const token = keys.length > 0 ? bearerToken(request.headers.authorization) : undefined;
    const key = token === undefined ? undefined : keyOf(token, keys);
    request.caller = key
      ? { id: key.id, share: key.share, perMinute: key.perMinute, hasKey: true, name: key.name }
      : { id: addressOf(request), share: 1, perMinute: config.RATE_LIMIT_PER_MINUTE, hasKey: false };
  });
});

/** Whoever has one address in an IPv6 network has 2^64 of them. A closed connection has none. */
const addressOf = ({ ip }: FastifyRequest): string => (ip ? normalizeIP(ip) : 'unknown');
