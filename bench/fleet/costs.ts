import { randomUUID } from 'node:crypto';
import { JobTable } from '../../src/server/background/job-table.ts';
import { TileQueue } from '../../src/server/background/queue.ts';
import { recordTile } from '../../src/server/background/record-tile.ts';
import { migrate } from '../../src/server/background/schema.ts';
import { whatWaits } from '../../src/server/background/survey.ts';
import { openPostgres } from '../../src/server/database/postgres.ts';
import { openStore } from '../../src/server/store/open-store.ts';
import { idleStatements } from './idle.ts';

/** What a tile costs beside its computation. */
export interface Costs {
  /** Milliseconds that one process waits for the queue, per tile: find, claim, record. */
  readonly queueMs: number;
  /** Tiles per second that the database takes. */
  readonly tilesPerSecond: number;
  /** Times per second that the database can be asked what waits, while nothing does. */
  readonly questionsPerSecond: number;
  /** Statements per second of a worker that has nothing to do. */
  readonly idleStatements: number;
  /** Milliseconds to store a tile of so many bytes. */
  readonly storeMs: number;
  readonly bytes: number;
}

/** A block of 274 x 274 float64, as of a tile of 3e9 cells between series of 200 steps. */
const BYTES = 8 * 274 ** 2;
const KERNEL = 'bench';
const PROCESS = randomUUID();
/** Idle workers to measure with. */
const WORKERS = 10;

/** Measures the queue in a database that nobody else uses, and the store. */
export async function measuredCosts(databaseUrl: string, storeUrl: string): Promise<Costs> {
  const alone = await tilesPerSecond(databaseUrl, 1, 1, 300);
  const all = await tilesPerSecond(databaseUrl, 8, 1, 4000);
  const questionsPerSecond = await questions(databaseUrl, 8, 4000);
  const idle = (await idleStatements(WORKERS, databaseUrl)) / WORKERS;
  const store = await openStore(storeUrl);
  const block = new Uint8Array(BYTES);
  const times: number[] = [];
  for (let k = 0; k < 40; k++) {
    const started = performance.now();
    const key = `bench/${randomUUID()}`;
    await store.put(key, block);
    times.push(performance.now() - started);
    await store.delete(key);
  }
  const storeMs = times.toSorted((a, b) => a - b)[times.length / 2] as number;
  return {
    queueMs: 1000 / alone,
    tilesPerSecond: all,
    questionsPerSecond,
    idleStatements: idle,
    storeMs,
    bytes: BYTES,
  };
}

/** How many empty tiles per second some processes, each with connections of its own, find, claim and record. */
async function tilesPerSecond(url: string, processes: number, jobs: number, tiles: number): Promise<number> {
  const opened = await Promise.all(
    Array.from({ length: processes }, async () => {
      const database = openPostgres(url);
      await migrate(database);
      const queue = new TileQueue(database, () => {});
      await queue.start();
      return { database, queue, table: new JobTable(database) };
    }),
  );
  const [{ database, queue, table } = opened[0] as never] = opened;
  const ids: string[] = [];
  for (let k = 0; k < jobs; k++) {
    const id = randomUUID();
    await queue.prepare(id);
    const job = {
      id,
      owner: 'bench',
      key: undefined,
      fingerprint: '',
      request: { metric: 'dtw', suffix: '/cdist', query: {}, be: 'numpy', params: {}, fields: {} },
      digests: [],
      kernel: KERNEL,
      tile_cells: 1,
      tiles,
      cells: tiles,
      share: 1,
      kind: 'bench',
    };
    await database.transaction(async (query) => {
      await table.add(job, query);
      await queue.add(id, Array(tiles).keys(), query);
    });
    ids.push(id);
  }
  await database.query('ANALYZE');
  const started = performance.now();
  let done = 0;
  await Promise.all(
    opened.map(async (own, at) => {
      const id = ids[at % jobs] as string;
      for (;;) {
        await whatWaits(own.database.query, KERNEL, 60, 64);
        const [claim] = await own.queue.claim(id);
        if (claim === undefined) return;
        const tile = { tile: claim.tile, cells: 1, ms: 1, compute: 1, digest: '' };
        await recordTile(own.database.query, claim, tile, PROCESS);
        if (await own.queue.isEmpty(id)) await own.table.succeed(id);
        done++;
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const id of ids) {
    await table.remove(id);
    await queue.drop(id);
  }
  for (const own of opened) {
    await own.queue.stop();
    await own.database.close();
  }
  return done / seconds;
}

/** How many times per second some connections can ask what waits. */
async function questions(url: string, connections: number, count: number): Promise<number> {
  const opened = Array.from({ length: connections }, () => openPostgres(url));
  const started = performance.now();
  await Promise.all(
    opened.map(async ({ query }) => {
      for (let k = 0; k < count / connections; k++) await whatWaits(query, KERNEL, 60, 64);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  for (const database of opened) await database.close();
  return count / seconds;
}
