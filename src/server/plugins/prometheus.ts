import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Memory } from '../memory/memory.ts';
import type { Pool } from '../pool/pool.ts';
import type { Settled } from '../pool/tfjs-engine.ts';
import { measureJobs } from './job-metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the problem that was returned, if any. */
    problem: string | null;
  }
}

/** GET /metrics for Prometheus: requests, time in queue and kernels, load of the pool, stored data sets, jobs, and Node's own metrics. */
export const prometheusRoute = fp(
  async (
    app: FastifyInstance,
    { pool, memory, engine, open }: { pool: Pool; memory: Memory; engine: Settled['engine']; open: boolean },
  ) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const registers = [registry];
    countRequests(app, registers);
    nameEngine(engine, registers);
    measurePool(pool, registers);
    measureMemory(app, memory, registers);
    measureDatasets(app, registers);
    measureJobs(app, registers);
    app.get(
      '/metrics',
      { logLevel: 'warn', schema: { hide: true }, config: { open, counted: 'apart', produces: ['text/plain'] } },
      async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
    );
  },
);

/** Counts each response, and what it took to compute it. */
function countRequests(app: FastifyInstance, registers: Registry[]): void {
  const requests = new Counter({
    name: 'warpserve_requests_total',
    help: 'Requests by route, status and problem code',
    labelNames: ['route', 'status', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'warpserve_request_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['route'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  const compute = new Counter({
    name: 'warpserve_compute_seconds_total',
    help: 'Time in kernels, summed over all workers, by metric and backend',
    labelNames: ['metric', 'backend'],
    registers,
  });
  const cells = new Counter({
    name: 'warpserve_cells_total',
    help: 'Cells computed, by metric and backend',
    labelNames: ['metric', 'backend'],
    registers,
  });
  const queue = new Counter({
    name: 'warpserve_queue_seconds_total',
    help: 'Time jobs waited for a worker, by route',
    labelNames: ['route'],
    registers,
  });

  // prom-client hashes labels on every call: what they lead to is kept, by route and outcome, and by metric and backend.
  const answered = keptByTwo((route: string, outcome: number | string, status: number) => {
    queue.inc({ route }, 0);
    return {
      requests: requests.labels(route, String(status), typeof outcome === 'string' ? outcome : ''),
      duration: duration.labels(route),
      queue: queue.labels(route),
    };
  });
  const computed = keptByTwo((metric: string, backend: string, _: undefined) => ({
    compute: compute.labels(metric, backend),
    cells: cells.labels(metric, backend),
  }));

  app.decorateRequest('problem', null);
  app.addHook('onResponse', ({ route: { url: route = 'unknown' } = {}, problem, timing }, reply, done) => {
    const series = answered(route, problem ?? reply.statusCode, reply.statusCode);
    series.requests.inc();
    series.duration.observe(reply.elapsedTime / 1000);
    if (timing !== null) {
      const work = computed(timing.metric, timing.backend, undefined);
      work.compute.inc(timing.compute / 1000);
      work.cells.inc(timing.cells);
      if (timing.queue > 0) series.queue.inc(timing.queue / 1000);
    }
    done();
  });
}

/** What is made for two keys, made once; `more` follows from them. */
function keptByTwo<A, B, C, T>(make: (a: A, b: B, more: C) => T): (a: A, b: B, more: C) => T {
  const kept = new Map<A, Map<B, T>>();
  return (a, b, more) => {
    let found = kept.get(a);
    if (found === undefined) {
      found = new Map();
      kept.set(a, found);
    }
    let made = found.get(b);
    if (made === undefined) {
      made = make(a, b, more);
      found.set(b, made);
    }
    return made;
  };
}

/** Which TensorFlow.js computes, as a label. */
function nameEngine(engine: Settled['engine'], registers: Registry[]): void {
  const gauge = new Gauge({
    name: 'warpserve_tfjs_engine_info',
    help: 'Always 1; the label says which TensorFlow.js computes for the backend tfjs: native (node) or JavaScript (cpu)',
    labelNames: ['engine'],
    registers,
  });
  gauge.set({ engine }, 1);
}

/** What requests have of the memory, and readers that were cut off for it. */
function measureMemory(app: FastifyInstance, memory: Memory, registers: Registry[]): void {
  new Gauge({
    name: 'warpserve_memory_bytes',
    help: 'Memory taken by requests in flight and by stored data sets, bounded by MAX_MEMORY_BYTES',
    registers,
    collect() {
      this.set(memory.used);
    },
  });
  new Counter({
    name: 'warpserve_readers_cut_off_total',
    help: 'Connections closed because their reader took nothing of a response for WRITE_TIMEOUT_MS',
    registers,
    collect() {
      this.reset();
      this.inc(app.cutOff.count);
    },
  });
}

/** What waits for the threads and runs on them, and how many threads were replaced. */
function measurePool(pool: Pool, registers: Registry[]): void {
  new Gauge({
    name: 'warpserve_jobs_running',
    help: 'Jobs running on workers',
    registers,
    collect() {
      this.set(pool.load.running);
    },
  });
  new Gauge({
    name: 'warpserve_queue_jobs',
    help: 'Jobs waiting for a worker; a matrix is many jobs',
    registers,
    collect() {
      this.set(pool.load.jobs);
    },
  });
  new Gauge({
    name: 'warpserve_queue_cells',
    help: 'Cells waiting for a worker, bounded by MAX_QUEUE',
    registers,
    collect() {
      this.set(pool.load.cells);
    },
  });
  new Gauge({
    name: 'warpserve_queue_expected_seconds',
    help: 'Time until all running and waiting jobs are done, at the measured speed',
    registers,
    collect() {
      this.set(pool.load.seconds);
    },
  });
  new Counter({
    name: 'warpserve_worker_restarts_total',
    help: 'Workers replaced after they exited unexpectedly',
    registers,
    collect() {
      this.reset();
      this.inc(pool.restarts);
    },
  });
  new Counter({
    name: 'warpserve_workers_terminated_total',
    help: 'Workers ended and replaced because their computation did not stop within 0.1 s of a time-out or of its client leaving',
    registers,
    collect() {
      this.reset();
      this.inc(pool.terminated);
    },
  });
}

/** How the memory of stored data sets is used. */
function measureDatasets(app: FastifyInstance, registers: Registry[]): void {
  for (const [name, help, value] of [
    ['hits', 'Times a stored data set was in memory when needed', 'hits'],
    ['misses', 'Times a stored data set was read from the store', 'misses'],
  ] as const) {
    new Counter({
      name: `warpserve_dataset_cache_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(app.kept?.datasets.use[value] ?? 0);
      },
    });
  }
  new Gauge({
    name: 'warpserve_dataset_cache_bytes',
    help: 'Bytes of stored data sets in memory, bounded by DATASET_CACHE_BYTES',
    registers,
    collect() {
      this.set(app.kept?.datasets.use.bytes ?? 0);
    },
  });
}
