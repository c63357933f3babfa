import { createServer, type RequestListener, type Server } from 'node:http';

/** Headers are small: a client that takes longer to send them only occupies a connection. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Longer than nginx keeps an idle connection to us (60 s), so that it is the one that closes. */
const KEEP_ALIVE_MS = 72_000;

/** Node drops what exceeds this without a word, a second Host perhaps; plugins/wire.ts refuses a request that has as many. */
export const MAX_HEADERS = 500;

/** Makes the HTTP server, with all that is set on it. Fastify makes one for each address by itself, and sets only some of it. */
export const serverFactory =
  ({ MAX_CONNECTIONS, RECEIVE_TIMEOUT_MS }: { MAX_CONNECTIONS: number; RECEIVE_TIMEOUT_MS: number }) =>
  (handler: RequestListener): Server => {
    const server = createServer(
      {
        requestTimeout: RECEIVE_TIMEOUT_MS,
        headersTimeout: Math.min(HEADERS_TIMEOUT_MS, RECEIVE_TIMEOUT_MS),
        // By default Node checks for late requests only every 30 seconds.
        connectionsCheckingInterval: 500,
        keepAliveTimeout: KEEP_ALIVE_MS,
        // Two lines of one header are seen as `a, b` in place of `a`: no such Host, key or length is a valid one.
        joinDuplicateHeaders: true,
        // Node's own answers to these two have no body; plugins/wire.ts has one.
        requireHostHeader: false,
      },
      handler,
    );
    server.on('checkExpectation', handler);
    // A client that waits is told to go on once its body is wanted (plugins/wire.ts). If it is refused, nobody knows whether the body still comes.
    server.on('checkContinue', (request, response) => {
      response.setHeader('connection', 'close');
      handler(request, response);
    });
    server.maxHeadersCount = MAX_HEADERS;
    server.maxConnections = MAX_CONNECTIONS;
    // Full: connections that only wait for a next request give way to those that have one.
    server.on('drop', () => server.closeIdleConnections());
    return server;
  };
