import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Config } from './config.ts';
import { clientErrorHandler } from './http/client-error.ts';
import { asBytes, logLines } from './http/log-lines.ts';
import { serverFactory } from './http/server.ts';
import { routable } from './http/url.ts';
import { validatorCompiler } from './http/validation.ts';
import { Memory } from './memory/memory.ts';
import { accessLog } from './plugins/access-log.ts';
import { askedFor } from './plugins/asked-for.ts';
import { bodies } from './plugins/bodies.ts';
import { callers } from './plugins/callers.ts';
import { draining } from './plugins/draining.ts';
import { encodings } from './plugins/encodings.ts';
import { eventLoopShares, pressure } from './plugins/event-loop.ts';
import { inFlight } from './plugins/in-flight.ts';
import { keptData } from './plugins/kept-data.ts';
import { keys } from './plugins/keys.ts';
import { openapi } from './plugins/openapi.ts';
import { origins } from './plugins/origins.ts';
import { problems, sendError } from './plugins/problems.ts';
import { prometheusRoute } from './plugins/prometheus.ts';
import { rateLimits } from './plugins/rate-limit.ts';
import { refusals } from './plugins/refusals.ts';
import { serverTiming } from './plugins/server-timing.ts';
import { wire } from './plugins/wire.ts';
import { writing } from './plugins/writing.ts';
import { writtenTogether } from './plugins/written-together.ts';
import { Pool } from './pool/pool.ts';
import { settleTfjsEngine } from './pool/tfjs-engine.ts';
import { capabilitiesRoute } from './routes/capabilities.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { documentation } from './routes/documentation.ts';
import { healthRoutes } from './routes/health.ts';
import { jobInputRoutes } from './routes/job-inputs.ts';
import { jobRoutes } from './routes/jobs.ts';
import { mcpRoute } from './routes/mcp.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { operationRoutes } from './routes/operations.ts';
import { pageRoutes } from './routes/page.ts';

/** The code of a worker; tests use one that can be made to crash. */
const WORKER = new URL('./worker/worker.ts', import.meta.url);

/** Builds the service. It never listens: `main.ts` and the tests do. It warms up its workers once it is ready. */
export async function buildApp(config: Config, worker: URL = WORKER): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: config.MAX_BODY_BYTES,
    routerOptions: { maxParamLength: 1000 },
    logger: {
      level: config.LOG_LEVEL,
      redact: ['req.headers.authorization'],
      stream: logLines.value,
      hooks: asBytes,
    },
    genReqId: requestId,
    logController: new LogController({ disableRequestLogging: true }), // accessLog writes one line instead of two
    serverFactory: serverFactory(config),
    trustProxy: config.TRUST_PROXY.length > 0 ? [...config.TRUST_PROXY] : false,
    rewriteUrl: ({ url = '/' }) => (url.includes('%') ? routable(url) : url),
    pluginTimeout: 60_000, // a start on a busy machine is slow, not broken
    return503OnClosing: false, // draining responds instead, with problem+json
    frameworkErrors: sendError,
    clientErrorHandler,
    schemaController: {
      // In place of fastify's own, which would be loaded; its types are those of JSON Schema. Responses are built by hand from arrays; checking every number again would only cost time.
      compilersFactory: {
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => () => JSON.stringify,
      },
    },
  });
  const { engine, reason } = settleTfjsEngine(config.TFJS_ENGINE);
  app.log.info({ engine, reason }, engine === 'node' ? 'tfjs is native' : 'tfjs is JavaScript');
  const memory = new Memory(config.MAX_MEMORY_BYTES);
  const pool = new Pool(config, worker);
  app.addHook('onReady', async () => void pool.warmUp()); // /readyz says when it is done
  app.addHook('onClose', () => pool.close());

  if (config.OTEL_EXPORTER_OTLP_ENDPOINT) {
    const { tracing } = await import('./plugins/tracing.ts');
    await app.register(tracing, config);
  }
  await app.register(problems);
  await app.register(inFlight, { memory, limit: config.REQUEST_TIMEOUT_MS });
  await app.register(writing, config);
  // In order: headers that every response needs; refusals for everybody; who the caller is, how often it calls, how, and with which key.
  await app.register(origins, config);
  await app.register(draining, config);
  await app.register(pressure, config);
  await app.register(callers, config);
  await app.register(rateLimits, config);
  await app.register(eventLoopShares, config);
  await app.register(wire);
  await app.register(keys, config);
  await app.register(askedFor);
  await app.register(encodings);
  await app.register(refusals);
  await app.register(bodies, { pool, config });
  await app.register(serverTiming);
  await app.register(writtenTogether);
  await app.register(accessLog);
  await app.register(keptData, { pool, config, memory });
  await app.register(prometheusRoute, { pool, memory, engine, open: config.METRICS_OPEN });
  await app.register(openapi);
  await app.register(healthRoutes, { pool });
  if (config.JOBS !== 'compute') await app.register(api, { pool, config });
  return app;
}

/** What a worker of a fleet does not have: all routes but health and metrics. */
async function api(app: FastifyInstance, { pool, config }: { pool: Pool; config: Config }): Promise<void> {
  await app.register(documentation);
  await app.register(pageRoutes);
  await app.register(capabilitiesRoute);
  await app.register(operationRoutes, { pool, config });
  await app.register(datasetRoutes, { pool, config });
  await app.register(jobRoutes);
  await app.register(jobInputRoutes);
  await app.register(openapiRoutes);
  if (config.MCP) await app.register(mcpRoute);
}

/** The caller's id if it is well-formed, so that a log line can be found from both ends. */
function requestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:/=+@-]{1,128}$/.test(given) ? given : randomUUID();
}
