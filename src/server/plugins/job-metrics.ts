import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Background } from '../background/background.ts';
import { STATUSES } from '../background/job.ts';
import type { Load } from '../background/job-table.ts';
import { RETRIES } from '../background/retries.ts';

/** The jobs in the database, who computes them, what this process has computed for them, and what it needs for that. */
export function measureJobs(app: FastifyInstance, registers: Registry[]): void {
  const counter = (name: string, help: string, value: () => number): void => {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  };
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  };

  for (const [name, help, value] of [
    ['tiles', 'Tiles of jobs that this process has computed', 'tiles'],
    ['cells', 'Cells of those tiles', 'cells'],
    ['compute_seconds', 'Time in kernels for those tiles, summed over all workers', 'seconds'],
  ] as const)
    counter(`warpserve_job_${name}_total`, help, () => app.background?.done[value] ?? 0);
  new Counter({
    name: 'warpserve_job_tiles_retried_total',
    help: 'Tiles that this process has put back to be tried again: the store or the database failed, or a thread was lost; or another process was gone that had them',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const reason of RETRIES) this.inc({ reason }, app.background?.retried[reason] ?? 0);
    },
  });
  counter(
    'warpserve_store_errors_total',
    'Failures of the store of data sets and results, after all tries',
    () => app.kept?.storeErrors() ?? 0,
  );
  gauge(
    'warpserve_job_tiles_in_hand',
    'Tiles that this process has begun and not recorded: what would be lost if it was killed, at most one for each worker',
    () => app.background?.tilesInHand ?? 0,
  );
  gauge(
    'warpserve_database_connections',
    'Connections of this process to the database of jobs',
    () => app.background?.connections.open ?? 0,
  );
  gauge(
    'warpserve_database_waiting',
    'Statements of this process that wait for a connection',
    () => app.background?.connections.waiting ?? 0,
  );
  // One question to the database for all that is asked at the same time.
  let asked: ReturnType<Background['load']> | undefined;
  const loaded = (): ReturnType<Background['load']> => {
    asked ??= Promise.resolve(app.background?.load())
      .catch(() => undefined)
      .finally(() => {
        asked = undefined;
      });
    return asked;
  };
  for (const [name, help, value] of [
    ['job_cells_open', 'Cells that queued and running jobs still have', (load) => load?.cells ?? 0],
    ['job_workers', 'Processes that compute jobs, of all that share the database', (load) => load?.workers ?? 0],
    [
      'database_up',
      'Whether the database of jobs answers, if there is one: 1 or 0',
      (load) => (load || !app.background ? 1 : 0),
    ],
    [
      'database_server_connections',
      'Connections that the database server has, from whomever',
      (load) => load?.server.connections ?? 0,
    ],
    [
      'database_server_connections_max',
      'Connections that it accepts; 0 for the embedded database',
      (load) => load?.server.most ?? 0,
    ],
  ] as const satisfies readonly (readonly [string, string, (load: Load | undefined) => number])[]) {
    new Gauge({
      name: `warpserve_${name}`,
      help,
      registers,
      async collect() {
        this.set(value(await loaded()));
      },
    });
  }
  new Gauge({
    name: 'warpserve_jobs',
    help: 'Jobs in the database, by status',
    labelNames: ['status'],
    registers,
    async collect() {
      const load = await loaded();
      this.reset();
      // Zeros too: an alert on failed jobs compares with an earlier number.
      if (load) for (const status of STATUSES) this.set({ status }, load.counts[status] ?? 0);
    },
  });
}
