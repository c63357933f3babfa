import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { refuse } from '../http/client-error.ts';
import { Problem } from '../http/errors.ts';
import { MAX_HEADERS } from '../http/server.ts';

/** A name, an IPv4 or a bracketed IPv6 address, and optionally a port. Two Host headers are joined by a comma, which none of these contains. */
const HOST = /^(?:[\w.~%-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** The host of a target such as http://host/path, which must match the Host header. */
const AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i;

/** Refuses messages that a proxy in front might read differently (RFC 9112, 3.2; RFC 9110, 10.1.1), and closes their connection. */
export const wire = fp(async (app: FastifyInstance) => {
  app.addHook('onRequest', ({ raw, originalUrl, headers: { host, expect } }, _reply, done) => {
    if (raw.rawHeaders.length >= 2 * MAX_HEADERS) {
      return done(new Problem('headers_too_large', `a request may have fewer than ${MAX_HEADERS} headers`, closing));
    }
    const isGood = host === undefined ? raw.httpVersion === '1.0' : HOST.test(host);
    if (!isGood || (!originalUrl.startsWith('/') && (AUTHORITY.exec(originalUrl)?.[1] ?? host) !== host)) {
      const detail =
        'send exactly one Host header: a name or an address, with or without a port, the same as in the URL';
      return done(new Problem('bad_host', detail, closing));
    }
    if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
      return done(new Problem('expectation_failed', 'the only supported expectation is 100-continue', closing));
    }
    done();
  });
  app.addHook('preParsing', ({ headers: { expect, 'content-length': length }, route }, reply, _payload, done) => {
    if (expect !== undefined && !(Number(length) > Number(route.bodyLimit))) reply.raw.writeContinue();
    done();
  });
  // Without a listener, Node closes the connection without a response.
  app.server.on('connect', (_request, socket) => refuse(app, 'method_not_allowed', socket, 'CONNECT'));
});

const closing = { headers: { connection: 'close' } };
