import FastifyOtelInstrumentation from '@fastify/otel';
import { context, propagation, type Span, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TileRun } from '../background/site.ts';
import type { Config } from '../config.ts';
import type { Ran } from '../pool/call.ts';
import { version } from '../version.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Called for each job that a worker has done for this request; absent if nothing is traced. */
    ran?: Ran;
  }
}

const TRACER = 'warpserve';

/** OpenTelemetry: a span for each request, a child of the caller's if it sent `traceparent`, with a child span for each worker job; and one for each tile of a job. */
export const tracing = fp(async (app: FastifyInstance, config: Config) => {
  const exporter = new OTLPTraceExporter({
    url: `${config.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '')}/v1/traces`,
  });
  const own = resourceFromAttributes({ 'service.name': config.OTEL_SERVICE_NAME, 'service.version': version });
  const provider = new TracerProvider({
    resource: defaultResource().merge(own),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());

  const instrumentation = new FastifyOtelInstrumentation({
    instrumentHooks: false,
    instrumentHandler: false,
    ignorePaths: ({ url }) => /^\/(livez|readyz|metrics)\b/.test(url),
  });
  instrumentation.setTracerProvider(provider);
  await app.register(instrumentation.plugin());

  const tracer = provider.getTracer(TRACER, version);
  app.addHook('preHandler', (request, _reply, done) => {
    const { span } = request.opentelemetry();
    if (span) request.ran = jobSpans(span, request);
    done();
  });
  app.addHook('onReady', async () => {
    if (app.background) app.background.tileRan = tileSpan;
  });
  app.addHook('onClose', () => provider.shutdown());

  const tileSpan = ({ job, tile, metric, backend, cells, ms, compute }: TileRun): void => {
    const ended = Date.now();
    const attributes = {
      'warpserve.job.id': job,
      'warpserve.job.tile': tile,
      'warpserve.metric': metric,
      'warpserve.backend': backend,
      'warpserve.cells': cells,
      'warpserve.compute_ms': compute,
    };
    tracer.startSpan('tile', { kind: SpanKind.INTERNAL, startTime: ended - ms, attributes, root: true }).end(ended);
  };
  const jobSpans =
    (parent: Span, request: FastifyRequest): Ran =>
    (job, ms) => {
      const ended = Date.now();
      const { metric, backend, cells } = request.timing ?? {};
      const attributes = {
        'warpserve.job': job,
        'warpserve.metric': metric,
        'warpserve.backend': backend,
        'warpserve.cells': cells,
      };
      const options = { kind: SpanKind.INTERNAL, startTime: ended - ms, attributes };
      tracer.startSpan('worker', options, trace.setSpan(context.active(), parent)).end(ended);
    };
});
