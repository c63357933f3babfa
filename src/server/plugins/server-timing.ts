import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Where the time of a request went, in milliseconds. */
export interface Timing {
  /** Waiting for a worker, and on the way there and back. */
  queue: number;
  /** Computing, added up over all workers. */
  compute: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Filled in by whoever computes for this request; absent when nothing was computed. */
    timing: Timing | null;
  }
}

/** `Server-Timing` on every answer that was computed. */
export const serverTiming = fp(async (app: FastifyInstance) => {
  app.decorateRequest('timing', null);
  app.addHook('onSend', async ({ timing }, reply) => {
    if (timing === null) return;
    const { queue, compute } = timing;
    const total = reply.elapsedTime;
    reply.header(
      'server-timing',
      `queue;dur=${queue.toFixed(3)}, compute;dur=${compute.toFixed(3)}, total;dur=${total.toFixed(3)}`,
    );
  });
});
