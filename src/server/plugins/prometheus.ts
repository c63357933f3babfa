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

/**
 * Counts each response, and what it took to compute it. Numbers are added up here until somebody asks for them: prom-client hashes the labels of
 * each that it is given.
 */
function countRequests(app: FastifyInstance, registers: Registry[]): void {
  const answered = new ByTwo((route: string, outcome: number | string, status: number) => ({
    labels: { route, status, code: typeof outcome === 'string' ? outcome : '' },
    requests: 0,
    queued: undefined as number | undefined,
    duration: duration.labels(route),
  }));
  const computed = new ByTwo((metric: string, backend: string) => ({
    labels: { metric, backend },
    seconds: 0,
    cells: 0,
  }));
  const duration = new Histogram({
    name: 'warpserve_request_seconds',
    help: 'Time from the first byte of a request to the last byte of its answer',
    labelNames: ['route'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30],
    registers,
  });
  new Counter({
    name: 'warpserve_requests_total',
    help: 'Requests by route, status and problem code',
    labelNames: ['route', 'status', 'code'],
    registers,
    collect() {
      this.reset();
      for (const { labels, requests } of answered.all) this.inc(labels, requests);
    },
  });
  new Counter({
    name: 'warpserve_compute_seconds_total',
    help: 'Time in kernels, summed over all workers, by metric and backend',
    labelNames: ['metric', 'backend'],
    registers,
    collect() {
      this.reset();
      for (const { labels, seconds } of computed.all) this.inc(labels, seconds);
    },
  });
  new Counter({
    name: 'warpserve_cells_total',
    help: 'Cells computed, by metric and backend',
    labelNames: ['metric', 'backend'],
    registers,
    collect() {
      this.reset();
      for (const { labels, cells } of computed.all) this.inc(labels, cells);
    },
  });
  new Counter({
    name: 'warpserve_queue_seconds_total',
    help: 'Time jobs waited for a worker, by route',
    labelNames: ['route'],
    registers,
    collect() {
      this.reset();
      for (const { labels, queued } of answered.all) {
        if (queued !== undefined) this.inc({ route: labels.route }, queued);
      }
    },
  });

  app.decorateRequest('problem', null);
  app.addHook('onResponse', ({ route: { url: route = 'unknown' } = {}, problem, timing }, reply, done) => {
    const { statusCode: status, elapsedTime } = reply;
    const sums = answered.of(route, problem ?? status, status);
    sums.requests++;
    sums.duration.observe(elapsedTime / 1000);
    if (timing !== null) {
      const work = computed.of(timing.metric, timing.backend);
      work.seconds += timing.compute / 1000;
      work.cells += timing.cells;
      sums.queued = (sums.queued ?? 0) + Math.max(0, timing.queue) / 1000;
    }
    done();
  });
}

/** What is kept for two keys. It is made when they first occur; `more` follows from them. */
class ByTwo<A, B, C extends readonly unknown[], T> {
  readonly all: T[] = [];
  readonly #make: (a: A, b: B, ...more: C) => T;
  readonly #kept = new Map<A, Map<B, T>>();

  constructor(make: (a: A, b: B, ...more: C) => T) {
    this.#make = make;
  }

  of(a: A, b: B, ...more: C): T {
    return this.#kept.get(a)?.get(b) ?? this.#made(a, b, ...more);
  }

  #made(a: A, b: B, ...more: C): T {
    const made = this.#make(a, b, ...more);
    this.all.push(made);
    const ofA = this.#kept.get(a) ?? new Map<B, T>();
    this.#kept.set(a, ofA.set(b, made));
    return made;
  }
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
