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
  app.addHook('preValidation', async (request) => {
    const { reads } = request.routeOptions.config;
    if (!(request.body instanceof Unread) || reads === undefined) return;
    const call = { abandoned: request.abandoned, timing: { queue: 0, compute: 0 } };
    request.body = new Validated(await pool.run('readBody', { ...reads, bytes: request.body.bytes }, call));
  });
});
