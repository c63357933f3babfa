import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Problem } from '../http/errors.ts';

/** How often it is looked at whether the event loop keeps up. */
const SAMPLE_MS = 1000;

/** The interval of the monitor's timer, which it also measures when nothing delays it. */
const RESOLUTION_MS = 10;

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
