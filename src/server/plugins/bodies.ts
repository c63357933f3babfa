import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { keptFor } from '../datasets/kept-for.ts';
import { Problem } from '../http/errors.ts';
import { NPZ } from '../http/media-types.ts';
import { notJson, reasonOf } from '../http/not-json.ts';
import { Validated } from '../http/validation.ts';
import type { WhenNeeded } from '../http/when-needed.ts';
import type { ReadBody, ReadBodyJob } from '../jobs/read-body.ts';
import type { ReadNpzJob } from '../jobs/read-npz.ts';
import { collect } from '../npz/collect.ts';
import type { Pool } from '../pool/pool.ts';
import { sizeClass } from '../pool/rates.ts';
import type { Placement } from '../schemas/placement.ts';
import { referencesIn, withResolved } from '../schemas/resolved.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How a body of this route is read on a worker, and where its fields are if it is an .npz. */
    reads?: { metric: string; suffix: string; placement: WhenNeeded<Placement> };
  }
}

/** Bytes that can be parsed and validated in less than a millisecond; more would block the event loop, so a worker reads them, at the caller's expense. */
const LARGE = 64 * 1024;

/** Reading a byte takes about as long as computing this many cells. */
const CELLS_PER_BYTE = { json: 10, npz: 3 };

/** A body that was received but not parsed. */
class Unread {
  readonly bytes: Uint8Array;
  readonly isNpz: boolean;
  constructor(bytes: Uint8Array, isNpz: boolean) {
    this.bytes = bytes;
    this.isNpz = isNpz;
  }
}

/** Reads .npz files and large JSON bodies on a worker; small JSON bodies on the spot. */
export const bodies = fp(async (app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }) => {
  const parseSmall = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length > LARGE && request.routeOptions.config.reads) {
      done(null, new Unread(bytes, false));
      return;
    }
    const text = bytes.toString();
    const refused = (error: Error) => (text === '' ? error : notJson(text, reasonOf(text)));
    parseSmall(request, text, (error, body) => done(error && refused(error), body));
  });
  app.addContentTypeParser(NPZ, async (request: FastifyRequest, payload: IncomingMessage) => {
    if (!request.routeOptions.config.reads) {
      throw new Problem('unsupported_media_type', `this route accepts application/json, not ${NPZ}`);
    }
    const { 'content-length': length, 'content-encoding': encoding } = request.headers;
    const known = length !== undefined && encoding === undefined ? Number(length) : undefined;
    return new Unread(await collect(payload, config.MAX_BODY_BYTES, known), true);
  });
  // Do not receive a body if there is no room for the request.
  app.addHook('onRequest', async ({ routeOptions, caller }) => {
    if (routeOptions.config.reads) pool.requireRoom(caller);
  });
  app.addHook('preValidation', async (request) => {
    const { reads } = request.routeOptions.config;
    if (reads === undefined) return;
    if (!(request.body instanceof Unread)) {
      const { grids } = reads.placement.value;
      const found = referencesIn(request.body, grids);
      if (found.length > 0) request.body = withResolved(request.body, grids, await keptFor(request, found));
      return;
    }
    const { metric, suffix, placement } = reads;
    const { bytes, isNpz } = request.body;
    const format = isNpz ? 'npz' : 'json';
    const cells = CELLS_PER_BYTE[format] * bytes.length;
    const call = {
      kind: `${format} ${sizeClass(bytes.length)}`,
      caller: request.caller,
      abandoned: request.abandoned,
      timing: { metric: '', backend: '', cells: 0, queue: 0, compute: 0 },
    };
    const limit = config.MAX_BODY_BYTES;
    const input: ReadBodyJob | ReadNpzJob = isNpz
      ? { metric, suffix, bytes, query: takeFromQuery(request, placement.value.scalars), limit }
      : { metric, suffix, bytes };
    const read = async (datasets?: ReadBodyJob['datasets']): Promise<ReadBody> => {
      const [found] = await pool.run(
        isNpz ? 'readNpz' : 'readBody',
        [{ ...input, ...(datasets && { datasets }) }],
        cells,
        call,
      );
      return found as ReadBody;
    };
    const found = await read();
    const whole = 'missing' in found ? await read(await keptFor(request, found.missing)) : found;
    request.body = new Validated('body' in whole ? whole.body : undefined);
  });
});

/** Removes the fields of the body from the query, and returns them. */
function takeFromQuery(request: FastifyRequest, names: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(request.query as Record<string, unknown>);
  const isTaken = ([name]: [string, unknown]) => names.has(name);
  request.query = Object.fromEntries(entries.filter((entry) => !isTaken(entry)));
  return Object.fromEntries(entries.filter(isTaken));
}
