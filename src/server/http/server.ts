import { createServer, type RequestListener, type Server } from 'node:http';

/** Headers are small: a client that takes longer to send them only occupies a connection. */
const HEADERS_TIMEOUT_MS = 10_000;

/** Longer than nginx keeps an idle connection to us (60 s), so that nginx is the one that closes it. */
const KEEP_ALIVE_MS = 72_000;

/** Node silently drops headers beyond this, perhaps a second Host; plugins/wire.ts refuses a request that reaches it. */
export const MAX_HEADERS = 500;

/** Creates the HTTP server with all its settings. Fastify itself creates one per address, and applies only some of them. */
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
        // Repeated headers are seen as `a, b` instead of `a`: no such Host, key or length is valid.
        joinDuplicateHeaders: true,
        // Node's own responses to these two have no body; plugins/wire.ts sends one.
        requireHostHeader: false,
      },
      handler,
    );
    server.on('checkExpectation', handler);
    // A waiting client is told to continue once its body is wanted (plugins/wire.ts). If it is refused, it is unknown whether the body still arrives.
    server.on('checkContinue', (request, response) => {
      response.setHeader('connection', 'close');
      handler(request, response);
    });
    server.maxHeadersCount = MAX_HEADERS;
    server.maxConnections = MAX_CONNECTIONS;
    // Full: idle connections give way to those with a request.
    server.on('drop', () => server.closeIdleConnections());
    return server;
  };
