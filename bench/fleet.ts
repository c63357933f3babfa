// node bench/fleet.ts: how many workers compute one job before something else than their threads bounds it. A simulation from what a tile costs in the
// queue and in the store. With DATABASE_URL and STORE_URL (and AWS's variables) the costs are measured there: use an empty database. Without, those measured last.
import { availableParallelism, cpus } from 'node:os';
import { type Costs, measuredCosts } from './fleet/costs.ts';
import { BUSY_STATEMENTS, simulate } from './fleet/simulate.ts';

/** PostgreSQL 15 and moto on 2 shared cores, with everything else on the same machine. */
const LAST: Costs = {
  queueMs: 1.9,
  tilesPerSecond: 1054,
  questionsPerSecond: 4715,
  idleStatements: 1.06,
  storeMs: 5.3,
  bytes: 8 * 274 ** 2,
};

const THREADS = 4;
/** A bucket of S3 takes some 3,500 writes a second under one prefix; 10 GB/s of them in all. */
const STORE_BYTES = 10e9;
const WORKER_BYTES = 1e9;

const { DATABASE_URL, STORE_URL } = process.env;
const costs = DATABASE_URL && STORE_URL ? await measuredCosts(DATABASE_URL, STORE_URL) : LAST;
console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(DATABASE_URL && STORE_URL ? 'measured now:' : 'measured last:', costs, '\n');
console.log(`${THREADS} threads a worker; efficiency is computation in the time of threads\n`);
console.log('tile     workers  tiles/s  efficiency  database  store  MB/s');
for (const tileSeconds of [1, 10, 30]) {
  for (const workers of [1, 10, 100, 1000]) {
    const fleet = {
      workers,
      threads: THREADS,
      tileSeconds,
      storeBytesPerSecond: STORE_BYTES,
      workerBytesPerSecond: WORKER_BYTES,
    };
    const { tilesPerSecond, efficiency, database, store } = simulate(costs, fleet, workers * THREADS * 50);
    const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
    console.log(
      [
        `${tileSeconds} s`.padEnd(8),
        String(workers).padStart(7),
        tilesPerSecond.toFixed(1).padStart(8),
        percent(efficiency).padStart(11),
        percent(database).padStart(9),
        percent(store).padStart(6),
        ((tilesPerSecond * costs.bytes) / 1e6).toFixed(0).padStart(5),
      ].join(' '),
    );
  }
}
console.log('\nworkers  idle: statements/s  database  busy: statements/s beside tiles  database');
for (const workers of [1, 10, 100, 1000]) {
  const [idle, busy] = [workers * costs.idleStatements, workers * BUSY_STATEMENTS];
  const part = (statements: number): string => `${((100 * statements) / costs.questionsPerSecond).toFixed(1)} %`;
  console.log(
    [
      String(workers).padStart(7),
      idle.toFixed(1).padStart(19),
      part(idle).padStart(9),
      busy.toFixed(1).padStart(32),
      part(busy).padStart(9),
    ].join(' '),
  );
}
