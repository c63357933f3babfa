import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { type Memory, Share } from '../memory/memory.ts';
import { tidy } from '../memory/tidy.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request has of the memory, until it is answered or its client has left. */
    memory: Share;
  }
}

/** A text of this many bytes is worth counting. */
const LARGE_TEXT = 64 * 1024;
/** What a stream holds between its source and a reader that is slow. */
const STREAM = 64 * 1024;
/** Once those that end together have ended. */
const SOON_MS = 30;
/** A request that had this much leaves garbage that is worth looking at. */
const MUCH = 2 ** 20;

/** Gives every request a share of the memory, which ends with it. Whatever needs much of it takes it there first. */
export const shares = fp(async (app: FastifyInstance, { memory }: { memory: Memory }) => {
  // Fastify decorates reference types by a getter; the hook below sets each request's own.
  app.decorateRequest('memory', null as unknown as Share);
  app.addHook('onRequest', (request, reply, done) => {
    const share = new Share(memory);
    request.memory = share;
    reply.raw.once('close', () => {
      const had = share.bytes;
      share.end();
      if (had > MUCH) setTimeout(tidy, SOON_MS).unref();
    });
    done();
  });
  // What operations answer has been taken by their price; documents have none.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'string' && payload.length > LARGE_TEXT) request.memory.grow(payload.length, 'memory_full');
    else if (payload instanceof Readable) request.memory.grow(STREAM, 'memory_full');
    done(null, payload);
  });
});
