import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { keptFor } from '../datasets/kept-for.ts';
import { Problem } from '../http/errors.ts';
import { NPZ } from '../http/media-types.ts';
import { notJson, reasonOf } from '../http/not-json.ts';
import { Validated } from '../http/validation.ts';
import type { WhenNeeded } from '../http/when-needed.ts';
import { bytesOf } from '../memory/bytes-of.ts';
import { receive } from '../memory/receive.ts';
import type { Pool } from '../pool/pool.ts';
import { sizeClass } from '../pool/rates.ts';
import type { Placement } from '../schemas/placement.ts';
import { referencesIn, withResolved } from '../schemas/resolved.ts';
import { MOST_PER_BYTE } from '../worker/bounded-json.ts';
import type { ReadBody, ReadBodyJob } from '../worker/read-body.ts';
import type { ReadNpzJob } from '../worker/read-npz.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How a body of this route is read on a worker, and where its fields are if it is an .npz. */
    reads?: Reads;
  }
}

interface Reads {
  readonly metric: string;
  readonly suffix: string;
  readonly placement: WhenNeeded<Placement>;
}

/** Bytes that can be parsed and validated in less than a millisecond; more would block the event loop, so a worker reads them, at the caller's expense. */
const LARGE = 64 * 1024;

/** Reading a byte takes about as long as computing this many cells; and looking at it, to see what it will take. */
const CELLS_PER_BYTE = { json: 10, npz: 3 };
const CELLS_PER_BYTE_SEEN = { json: 2, npz: 0.01 };

/** A body that is no larger is read by one message, with memory for what any JSON and most .npz become: a message takes as long as reading it. */
const AT_ONCE = 256 * 1024;
const GRANTED_PER_BYTE = { json: MOST_PER_BYTE, npz: 16 };

/** The memory that is taken for each byte before it is received: the byte itself, and for JSON as much again that a worker reads it from. */
const BYTES_PER_BYTE = { json: 2, npz: 1 };
/** What a byte of a small body can become: a body of `0,` has eight bytes for two, and they are copied on their way. */
const BYTES_PER_SMALL_BYTE = 8;

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
  app.addContentTypeParser('application/json', (request, payload, done) => {
    receiveBody(request, payload, 'json', (error, bytes) => {
      if (error || bytes === undefined) return done(error);
      if (bytes.length > LARGE && request.route.config.reads) return done(null, new Unread(bytes, false));
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
      let failed: Error | null = null;
      let parsed: unknown;
      parseSmall(request, text, (error, body) => {
        failed = error;
        parsed = body;
      });
      // Not in its callback: what fails later is no error of the JSON.
      if (failed) done(text === '' ? failed : notJson(text, reasonOf(text)));
      else done(null, parsed);
    });
  });
  app.addContentTypeParser(NPZ, (request, payload, done) => {
    if (!request.route.config.reads) {
      done(new Problem('unsupported_media_type', `this route accepts application/json, not ${NPZ}`));
      return;
    }
    receiveBody(request, payload, 'npz', (error, bytes) => done(error, bytes && new Unread(bytes, true)));
  });
  // Do not receive a body if there is no room for the request, or for what it says it has.
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.route.config.reads) {
      pool.requireRoom(request.caller);
      const length = lengthOf(request);
      if (length !== undefined && length <= config.MAX_BODY_BYTES)
        request.memory.grow(length * perByte(request, length), 'body_too_large');
    }
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    const { reads } = request.route.config;
    if (reads === undefined) return done();
    if (request.body instanceof Unread) {
      readOnWorker(request, request.body, reads).then(() => done(), done);
      return;
    }
    if (isPlain(request.body)) return done();
    const { grids } = reads.placement.value;
    const found = referencesIn(request.body, grids);
    if (found.length === 0) return done();
    const { abandoned } = request; // from here its time runs
    const resolve = (datasets: Awaited<ReturnType<typeof keptFor>>) => {
      abandoned.throwIfAborted();
      request.body = withResolved(request.body, grids, datasets);
    };
    keptFor(request, found)
      .then(resolve)
      .then(() => done(), done);
  });

  async function readOnWorker(request: FastifyRequest, { bytes, isNpz }: Unread, reads: Reads): Promise<void> {
    const { metric, suffix, placement } = reads;
    const format = isNpz ? 'npz' : 'json';
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
    const beyond = (weight: number) => bytes.length + weight - request.memory.bytes;
    const read = async (more: Pick<ReadNpzJob, 'granted' | 'datasets'>): Promise<ReadBody> => {
      const [found] = await pool.run(
        isNpz ? 'readNpz' : 'readBody',
        [{ ...input, ...more }],
        CELLS_PER_BYTE[format] * bytes.length,
        call,
      );
      return found as ReadBody;
    };
    const weigh = async (): Promise<number> => {
      const [weight] = await pool.run(
        isNpz ? 'weighNpz' : 'weighBody',
        [input],
        CELLS_PER_BYTE_SEEN[format] * bytes.length,
        { ...call, kind: `${format} weight` },
      );
      return weight as number;
    };
    const granted = GRANTED_PER_BYTE[format] * bytes.length;
    const atOnce = bytes.length <= AT_ONCE && request.memory.growIfFree(beyond(granted));
    let found: ReadBody = atOnce ? await read(isNpz ? { granted } : {}) : { weight: await weigh() };
    if ('weight' in found) {
      request.memory.grow(beyond(found.weight), 'body_too_large');
      found = await read({});
    }
    if ('missing' in found) found = await read({ datasets: await keptFor(request, found.missing) });
    request.body = new Validated('body' in found ? found.body : undefined);
    request.memory.shrink(bytesOf(request.body));
  }

  function receiveBody(
    request: FastifyRequest,
    payload: Readable,
    format: keyof typeof BYTES_PER_BYTE,
    done: (error: Error | null, bytes?: Uint8Array) => void,
  ): void {
    const { memory, route } = request;
    const how = {
      large: LARGE,
      limit: route.bodyLimit,
      known: lengthOf(request),
      perByte: BYTES_PER_BYTE[format],
      share: memory,
    };
    receive(payload, how, (error, bytes) => {
      // The rest is read and dropped, so that the client sees the answer.
      if (error && !request.raw.destroyed) request.raw.unpipe().removeAllListeners('data').resume();
      done(error, bytes);
    });
  }
});

/** Whether a body has only numbers and lists: then it names no stored data set. */
function isPlain(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return true;
  for (const name in body) {
    const value: unknown = Reflect.get(body, name);
    if (Array.isArray(value) ? value.some(mayName) : mayName(value)) return false;
  }
  return true;
}

/** Stored data sets are named by a text or an object. */
const mayName = (value: unknown): boolean =>
  typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));

/** The bytes of a body if they are known before it comes. */
function lengthOf({ headers }: FastifyRequest): number | undefined {
  const { 'content-length': length, 'content-encoding': encoding } = headers;
  return length !== undefined && encoding === undefined ? Number(length) : undefined;
}

function perByte({ headers }: FastifyRequest, length: number): number {
  if (headers['content-type']?.startsWith(NPZ)) return BYTES_PER_BYTE.npz;
  return length > LARGE ? BYTES_PER_BYTE.json : BYTES_PER_SMALL_BYTE;
}

/** Removes the fields of the body from the query, and returns them. */
function takeFromQuery(request: FastifyRequest, names: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(request.query as Record<string, unknown>);
  const isTaken = ([name]: [string, unknown]) => names.has(name);
  request.query = Object.fromEntries(entries.filter((entry) => !isTaken(entry)));
  return Object.fromEntries(entries.filter(isTaken));
}
