import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Timing } from '../pool/call.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Filled in by whatever computes for this request; absent if nothing was computed. */
    timing: Timing | null;
  }
}

/** `Server-Timing` in every response: parse, queue, compute and write, as far as they happened, and the total until it is sent. */
export const serverTiming = fp(async (app: FastifyInstance) => {
  app.decorateRequest('timing', null);
  app.addHook('preHandler', (request, reply, done) => {
    request.flight.parsedAt = reply.elapsedTime;
    done();
  });
  app.addHook('preSerialization', (request, reply, payload, done) => {
    request.flight.answeredAt = reply.elapsedTime;
    done(null, payload);
  });
  app.addHook('onSend', ({ timing, flight }, reply, payload, done) => {
    const { parsedAt, answeredAt } = flight;
    const total = reply.elapsedTime;
    let parts = '';
    if (parsedAt > 0) parts += `${part('parse', parsedAt)}, `;
    if (timing) parts += `${part('queue', timing.queue)}, ${part('compute', timing.compute)}, `;
    if (answeredAt > 0) parts += `${part('write', total - answeredAt)}, `;
    reply.header('server-timing', `${parts}${part('total', total)}`);
    done(null, payload);
  });
});

/** A duration with three decimals. `toFixed` takes several times as long. */
function part(name: string, ms: number): string {
  const us = Math.round(1000 * Math.max(0, ms));
  const rest = us % 1000;
  return `${name};dur=${(us - rest) / 1000}${DECIMALS[rest]}`;
}

const DECIMALS = Array.from({ length: 1000 }, (_, us) => `.${String(us).padStart(3, '0')}`);
