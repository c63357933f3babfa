import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type Code, Problem } from '../http/errors.ts';
import { Pace } from '../http/pace.ts';

/** Bodies above this cost the event loop more than the refusal. */
const LARGE = 64 * 1024;
/** How long a refusal of a large request holds for the next one like it: what every Retry-After says at least. */
const HOLDS_MS = 1000;
/** No more refusals than this are remembered. */
const MANY = 1000;

/** One caller is told this many times at once, and then this often, that there is no room; nobody waits longer for it than Retry-After says. */
const PACE = { burst: 10, everyMs: 20, mostMs: HOLDS_MS };

/** Refusals for want of room: who gets them is expected to come back. */
const NO_ROOM: ReadonlySet<Code> = new Set(['queue_full', 'memory_full', 'overloaded']);

/**
 * Keeps callers who do not wait as long as Retry-After says from filling the event loop, which everyone shares.
 *
 * Who was told that the queue is full, and sends another large body to the same route before a second is over, is refused before the body is
 * read. Who keeps being refused gets its refusals more and more slowly: a client that waits for one before it sends the next request
 * has to slow down, on however many connections.
 */
export const refusals = fp(async (app: FastifyInstance) => {
  const until = new Map<string, number>();
  const pace = new Pace(PACE);
  const keyOf = ({ caller, route }: FastifyRequest) => `${caller?.id} ${route?.url}`;
  const isLarge = ({ headers }: FastifyRequest) => !(Number(headers['content-length']) <= LARGE);

  app.addHook('onRequest', (request, _reply, done) => {
    if (until.size === 0 || request.method !== 'POST' || !isLarge(request)) return done();
    const key = keyOf(request);
    const end = until.get(key);
    if (end === undefined) return done();
    if (end > performance.now()) {
      const detail = 'a request like this one was refused less than a second ago: wait as long as Retry-After says';
      return done(new Problem('queue_full', detail, { headers: { 'retry-after': '1' } }));
    }
    until.delete(key);
    done();
  });
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof Problem) || !NO_ROOM.has(error.code)) return;
    if (error.code === 'queue_full' && isLarge(request)) hold(keyOf(request));
    const ms = pace.wait(request.caller?.id ?? '');
    if (ms === 0) return;
    // Nothing is kept for a request that only waits for its refusal.
    request.body = undefined;
    request.memory.shrink(0);
    await delay(ms);
  });

  function hold(key: string): void {
    if (until.has(key)) return;
    if (until.size >= MANY) until.delete(until.keys().next().value as string);
    until.set(key, performance.now() + HOLDS_MS);
  }
});
