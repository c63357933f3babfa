import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { bearerToken, type Key, keyOf, keysOf } from '../keys/known.ts';

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
/** Callers by address that are kept for their next request. */
const REMEMBERED = 1000;

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
  const byKey = new Map(
    keys.map((key): [Key, Caller] => {
      const { id, share, perMinute, name } = key;
      return [key, { id, share, perMinute, hasKey: true, name }];
    }),
  );
  const byAddress = new Map<string, Caller>();
  const callerAt = (ip: string): Caller => {
    let caller = byAddress.get(ip);
    if (caller === undefined) {
      if (byAddress.size >= REMEMBERED) byAddress.clear();
      caller = { id: addressOf(ip), share: 1, perMinute: config.RATE_LIMIT_PER_MINUTE, hasKey: false };
      byAddress.set(ip, caller);
    }
    return caller;
  };
  app.addHook('onRequest', (request, _reply, done) => {
    const token = keys.length > 0 ? bearerToken(request.headers.authorization) : undefined;
    const key = token === undefined ? undefined : keyOf(token, keys);
    request.caller = (key && byKey.get(key)) ?? callerAt(request.ip);
    done();
  });
});

/** Whoever has one address in an IPv6 network has 2^64 of them. A closed connection has none. */
const addressOf = (ip: string): string => (ip ? normalizeIP(ip) : 'unknown');
