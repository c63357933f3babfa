import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Pool } from '../pool/pool.ts';
import { Validated } from '../validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a large body of this route is read as, on a worker. */
    reads?: { metric: string; suffix: string };
  }
}

/** Bytes that are parsed and validated in a few milliseconds; more would hold the event loop, so a worker reads them. */
const LARGE = 256 * 1024;

/** Reading a byte takes about as long as so many cells. */
const CELLS_PER_BYTE = 10;

/** A body that was received and not looked at. */
class Unread {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** Reads large JSON bodies on a worker; small ones on the spot. */
export const largeBodies = fp(async (app: FastifyInstance, { pool }: { pool: Pool }) => {
  const parseSmall = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length <= LARGE || !request.routeOptions.config.reads) parseSmall(request, bytes.toString(), done);
    else done(null, new Unread(bytes));
  });
  // A body need not be received that there is no room for.
  app.addHook('onRequest', async ({ routeOptions }) => {
    if (routeOptions.config.reads) pool.requireRoom();
  });
  app.addHook('preValidation', async (request) => {
    const { reads } = request.routeOptions.config;
    if (!(request.body instanceof Unread) || reads === undefined) return;
    const { bytes } = request.body;
    const call = { kind: 'body', abandoned: request.abandoned, timing: { queue: 0, compute: 0 } };
    const cells = CELLS_PER_BYTE * bytes.length;
    request.body = new Validated(await pool.run('readBody', { ...reads, bytes }, cells, call));
  });
});
