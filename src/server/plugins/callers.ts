import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { bearerToken, keyOf, keysOf } from '../keys/known.ts';

/** Who asks: the key that fits, or else the address. */
export interface Caller {
  /** The first 16 hex digits of the key's SHA-256; or the IPv4 address, or the /64 network of the IPv6 address. */
  readonly id: string;
  /** Its weight among those who wait for the workers. */
  readonly share: number;
  /** Requests per minute; 0: no limit. */
  readonly perMinute: number;
  /** Whether it is one of the configured keys. */
  readonly hasKey: boolean;
  /** What the file of keys calls it. */
  readonly name?: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. A key that is none of the configured ones makes nobody: then it is the address. */
    caller: Caller;
  }
}

/** Says who asks, before anything is counted or refused. Nothing is known of a caller without a fitting key but its address. */
export const callers = fp(async (app: FastifyInstance, config: Config) => {
  const keys = keysOf(config);
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

/** Whoever has one address of an IPv6 network has 2^64 of them. A connection that is gone already has none. */
const addressOf = ({ ip }: FastifyRequest): string => (ip ? normalizeIP(ip) : 'unknown');
