import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { BusyCallers } from '../http/busy-callers.ts';
import { Problem } from '../http/errors.ts';

/** How often it is looked at whether the event loop keeps up: for everybody, and for who keeps it busy. */
const SAMPLE_MS = 1000;
const TICK_MS = 100;
/** The interval of the monitor's timer, which it also measures when nothing delays it. */
const RESOLUTION_MS = 10;
/** A delay that every turn of the loop in a tick has, and no single one causes: a queue that stands. */
const STANDING_MS = 10;

/**
 * 503 while the mean event-loop delay of the last second exceeds the limit. @fastify/under-pressure does the same, but also
 * asks for the process's memory, which throws in its timer and ends the process when no file can be opened.
 */
export const pressure = fp(async (app: FastifyInstance, { MAX_EVENT_LOOP_DELAY_MS: limit }: Config) => {
  if (limit === 0) return;
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let behind = 0;
  let timer: NodeJS.Timeout | undefined;
  const sample = () => {
    // No samples: nothing ran for the whole second.
    behind = Number.isNaN(delay.mean) ? Number.POSITIVE_INFINITY : delay.mean / 1e6 - RESOLUTION_MS;
    delay.reset();
  };
  app.addHook('onListen', async () => {
    // Startup itself keeps the event loop busy, and does not count.
    timer = setTimeout(() => {
      delay.enable();
      timer = setInterval(sample, SAMPLE_MS).unref();
    }, SAMPLE_MS).unref();
  });
  app.addHook('onClose', async () => {
    clearTimeout(timer);
    delay.disable();
  });
  app.addHook('onRequest', ({ url }, _reply, done) => {
    if (behind <= limit || /^\/(livez|readyz)\b/.test(url)) return done();
    const headers = { 'retry-after': '2' };
    done(new Problem('overloaded', 'the service cannot keep up: try again later', { headers }));
  });
});

/**
 * Shares the event loop among callers. It parses and answers everything, so whoever sends more than it can take would make all others wait. While
 * every turn of the loop comes late, the callers with the most requests get 503 for those beyond what the loop can take, before their bodies
 * are read (after CoDel, RFC 8289: the shortest delay of an interval tells a standing queue from a burst).
 */
export const eventLoopShares = fp(async (app: FastifyInstance, { MAX_EVENT_LOOP_DELAY_MS: limit }: Config) => {
  if (limit === 0) return;
  const callers = new BusyCallers();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onListen', async () => {
    delay.enable();
    timer = setInterval(() => {
      callers.tick(delay.count > 0 && delay.min / 1e6 - RESOLUTION_MS > STANDING_MS);
      delay.reset();
    }, TICK_MS).unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    delay.disable();
  });
  app.addHook('onRequest', ({ caller, route }, _reply, done) => {
    if (route.config.counted === 'never' || callers.admit(caller.id)) return done();
    const detail = 'the service cannot keep up with your requests: send fewer at once';
    done(new Problem('overloaded', detail, { headers: { 'retry-after': '1' } }));
  });
});
