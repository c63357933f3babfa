import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Config } from './config.ts';
import { clientErrorHandler } from './http/client-error.ts';
import { validatorCompiler } from './http/validation.ts';
import { acceptance } from './plugins/acceptance.ts';
import { accessLog } from './plugins/access-log.ts';
import { bodies } from './plugins/bodies.ts';
import { cancellation } from './plugins/cancellation.ts';
import { draining } from './plugins/draining.ts';
import { keys } from './plugins/keys.ts';
import { openapi } from './plugins/openapi.ts';
import { problems, sendError } from './plugins/problems.ts';
import { metricsRoute } from './plugins/prometheus.ts';
import { serverTiming } from './plugins/server-timing.ts';
import { limits } from './plugins/traffic.ts';
import { unknownRoutes } from './plugins/unknown-routes.ts';
import { Pool } from './pool/pool.ts';
import { capabilitiesRoute } from './routes/capabilities.ts';
import { documentation } from './routes/documentation.ts';
import { healthRoutes } from './routes/health.ts';
import { metricRoutes } from './routes/operations.ts';
import { pageRoutes } from './routes/page.ts';

/** Headers are small: a client that takes longer to send them only occupies a connection. */
const HEADERS_TIMEOUT_MS = 10_000;

/** The code of a worker; tests use one that can be made to crash. */
const WORKER = new URL('./jobs/worker.ts', import.meta.url);

/** Builds the service. It never listens: `main.ts` and the tests do. It warms up its workers once it is ready. */
export async function buildApp(config: Config, worker: URL = WORKER): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: config.MAX_BODY_BYTES,
    logger: { level: config.LOG_LEVEL, redact: ['req.headers.authorization'] },
    genReqId: requestId,
    logController: new LogController({ disableRequestLogging: true }), // accessLog writes one line instead of two
    requestTimeout: config.RECEIVE_TIMEOUT_MS,
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, config.RECEIVE_TIMEOUT_MS),
      // By default Node checks for late requests only every 30 seconds.
      connectionsCheckingInterval: 500,
    },
    return503OnClosing: false, // draining responds instead, with problem+json
    frameworkErrors: sendError,
    clientErrorHandler,
  });
  app.setValidatorCompiler(validatorCompiler);
  // Responses are built by hand from arrays; checking every number against a schema again would only cost time.
  app.setSerializerCompiler(() => JSON.stringify);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
  });

  const pool = new Pool(config, worker);
  app.addHook('onReady', async () => void pool.warmUp()); // /readyz says when it is done
  app.addHook('onClose', () => pool.close());

  if (config.OTEL_EXPORTER_OTLP_ENDPOINT) {
    const { tracing } = await import('./plugins/tracing.ts');
    await app.register(tracing, config);
  }
  await app.register(problems);
  await app.register(draining, config);
  await app.register(acceptance);
  await app.register(keys, config);
  await app.register(limits, config);
  await app.register(unknownRoutes);
  await app.register(cancellation, config);
  await app.register(bodies, { pool, config });
  await app.register(serverTiming);
  await app.register(accessLog);
  await app.register(metricsRoute, { pool, open: config.METRICS_OPEN });
  await app.register(openapi);
  await app.register(documentation);
  await app.register(pageRoutes);
  await app.register(healthRoutes, { pool });
  await app.register(capabilitiesRoute);
  await app.register(metricRoutes, { pool, config });
  app.get('/openapi.json', { schema: { hide: true }, config: { open: true } }, async () => app.swagger());
  return app;
}

/** The caller's id if it is well-formed, so that a log line can be found from both ends. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:/=+@-]{1,128}$/.test(given) ? given : randomUUID();
}
