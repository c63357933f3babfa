import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../http/errors.ts';

/** Bodies above this cost the event loop more than the refusal. */
const LARGE = 64 * 1024;
/** How long a refusal of a large request holds for the next one like it: what every Retry-After says at least. */
const HOLDS_MS = 1000;
/** No more refusals than this are remembered. */
const MANY = 1000;

/**
 * Who was told that the queue is full, and sends another large body to the same route before a second is over, is refused before the body is
 * read: else it would fill the event loop, which everyone shares, with bodies that nothing is done with.
 */
export const refusals = fp(async (app: FastifyInstance) => {
  const until = new Map<string, number>();
  const keyOf = ({ caller, routeOptions }: FastifyRequest) => `${caller?.id} ${routeOptions.url}`;
  const isLarge = ({ headers }: FastifyRequest) => !(Number(headers['content-length']) <= LARGE);

  app.addHook('onRequest', async (request) => {
    if (request.method !== 'POST' || until.size === 0 || !isLarge(request)) return;
    const key = keyOf(request);
    const end = until.get(key);
    if (end === undefined) return;
    if (end > performance.now()) {
      const detail = 'a request like this one was refused less than a second ago: wait as long as Retry-After says';
      throw new Problem('queue_full', detail, { headers: { 'retry-after': '1' } });
    }
    until.delete(key);
  });
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof Problem) || error.code !== 'queue_full' || !isLarge(request)) return;
    const key = keyOf(request);
    if (until.has(key)) return;
    if (until.size >= MANY) until.delete(until.keys().next().value as string);
    until.set(key, performance.now() + HOLDS_MS);
  });
});
