import { type Duplex, Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { CLIENT_GONE, Problem } from '../http/errors.ts';
import { type Memory, Share } from '../memory/memory.ts';
import { SLACK, tidy } from '../memory/tidy.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every request whose response is not closed yet. */
    inFlight: ReadonlySet<Flight>;
    /** The last request of each connection. */
    lastOn: WeakMap<Duplex, FastifyReply>;
  }
  interface FastifyRequest {
    /** What is known of the request while it is in flight. */
    flight: Flight;
    /** Its route: `routeOptions`, which Fastify makes anew whenever it is asked for. */
    route: FastifyRequest['routeOptions'];
    /** What it has of the memory, until it is answered or its client has left. */
    readonly memory: Share;
    /**
     * Aborted when nobody waits for the response any more: the client has disconnected, or the time is up. That runs from when this is first asked for:
     * once the body has arrived. How long it may take to arrive is limited by RECEIVE_TIMEOUT_MS.
     */
    readonly abandoned: AbortSignal;
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
/** The part of the memory that may wait to be collected where everybody would wait for the collection. */
const UNCOLLECTED_PART = 1 / 8;

/**
 * A request from its headers to the last byte of its response. Fastify's own `request.signal` is aborted as soon as the body of a POST has been
 * read (fastify #6725), and its `handlerTimeout` never fires there, so the signal here listens to the response. Most requests are answered on the
 * spot: the signal and its timer are made for those that ask for them.
 */
export class Flight {
  readonly reply: FastifyReply;
  readonly memory: Share;
  /** When the body had been received and validated, in milliseconds since the start of the request; 0 until then. */
  parsedAt = 0;
  /** When the response was ready and writing it began; 0 until then. */
  answeredAt = 0;
  readonly #limit: number;
  readonly #slack: number;
  #controller: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(reply: FastifyReply, memory: Memory, limit: number) {
    this.reply = reply;
    this.memory = new Share(memory);
    this.#limit = limit;
    this.#slack = Math.max(SLACK, UNCOLLECTED_PART * memory.limit);
  }

  get abandoned(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.reply.raw.destroyed) this.#ended(this.#controller);
      else this.#limitTime(this.#controller);
    }
    return this.#controller.signal;
  }

  /** The response is closed, whether or not all of it was sent. */
  end(): void {
    const had = this.memory.bytes;
    this.memory.end();
    if (had > MUCH) setTimeout(tidy, SOON_MS, had, this.#slack).unref();
    if (this.#controller) this.#ended(this.#controller);
  }

  #ended(controller: AbortController): void {
    clearTimeout(this.#timer);
    if (!this.reply.raw.writableFinished) controller.abort(CLIENT_GONE);
  }

  #limitTime(controller: AbortController): void {
    const stop = () =>
      controller.abort(new Problem('timeout', `the request took longer than ${this.#limit} ms and was stopped`));
    this.#timer = setTimeout(stop, this.#limit);
  }
}

/** Follows every request. Whatever needs much memory takes it from the share of the request first; the share ends with the request. */
export const inFlight = fp(async (app: FastifyInstance, { memory, limit }: { memory: Memory; limit: number }) => {
  const all = new Set<Flight>();
  const lastOn = new WeakMap<Duplex, FastifyReply>();
  app.decorate('inFlight', all);
  app.decorate('lastOn', lastOn);
  // Fastify decorates reference types by a getter; the hook below sets each request's own.
  app.decorateRequest('flight', null as unknown as Flight);
  app.decorateRequest('route', null as unknown as FastifyRequest['routeOptions']);
  app.decorateRequest('memory', {
    getter(this: FastifyRequest) {
      return this.flight.memory;
    },
  });
  app.decorateRequest('abandoned', {
    getter(this: FastifyRequest) {
      return this.flight.abandoned;
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    lastOn.set(request.raw.socket, reply);
    const flight = new Flight(reply, memory, limit);
    request.flight = flight;
    request.route = request.routeOptions;
    all.add(flight);
    reply.raw.on('close', () => {
      all.delete(flight);
      flight.end();
    });
    done();
  });
  // What operations answer has been taken by their price; documents have none.
  app.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'string') {
      if (payload.length > LARGE_TEXT) request.memory.grow(payload.length, 'memory_full');
    } else if (payload instanceof Readable) request.memory.grow(STREAM, 'memory_full');
    done(null, payload);
  });
});
