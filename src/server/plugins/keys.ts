import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a route answers without a key: health, documents and their like. */
    open?: boolean;
  }
}

/** Where keys are configured, every route that is not open needs one: `Authorization: Bearer KEY`. */
export const keys = fp(async (app: FastifyInstance, { API_KEYS }: Config) => {
  if (API_KEYS.length === 0) return;
  // Hashes have one length, so that the comparison takes the same time whatever was sent.
  const known = API_KEYS.map(digest);
  app.addHook('onRequest', async ({ headers, is404, routeOptions }) => {
    if (is404 || routeOptions.config.open) return;
    const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (given !== undefined && matches(known, digest(given))) return;
    const detail =
      given === undefined ? 'send an API key: Authorization: Bearer KEY' : 'this key is not one of the configured keys';
    const challenge = `Bearer realm="warpserve"${given === undefined ? '' : ', error="invalid_token"'}`;
    throw new Problem('unauthorized', detail, { headers: { 'www-authenticate': challenge } });
  });
});

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

/** Looks at every key, so that the time does not tell which one it was. */
function matches(known: readonly Buffer[], given: Buffer): boolean {
  let found = false;
  for (const one of known) found = timingSafeEqual(one, given) || found;
  return found;
}
