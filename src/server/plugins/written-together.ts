import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** More would keep a reader waiting that could already work on the first of them. */
const TOGETHER = 4;

/**
 * Writes responses that are ready in the same turn of the event loop one right after the other. A write wakes whoever reads the connection, which takes the
 * system longer than a small request; a reader of many connections is then still awake for the others. Registered after all else that changes a response.
 */
export const writtenTogether = fp(async (app: FastifyInstance) => {
  const ready: (() => void)[] = [];
  const write = (): void => {
    for (let one = ready.shift(); one !== undefined; one = ready.shift()) one();
  };
  app.addHook('onSend', (_request, _reply, payload, done) => {
    if (typeof payload !== 'string') return done();
    if (ready.length === 0) setImmediate(write);
    if (ready.push(done) === TOGETHER) write();
  });
});
