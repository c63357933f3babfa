import TinyQueue from 'tinyqueue';
import type { Costs } from './costs.ts';

/** A fleet that computes one job. */
export interface Fleet {
  readonly workers: number;
  readonly threads: number;
  /** Seconds of one thread per tile. */
  readonly tileSeconds: number;
  /** Bytes per second that the store takes of all workers together, and of one. */
  readonly storeBytesPerSecond: number;
  readonly workerBytesPerSecond: number;
}

/** What came of it. */
export interface Simulated {
  readonly tilesPerSecond: number;
  /** The part of the threads' time that is computation. */
  readonly efficiency: number;
  /** The part of the time in which the database, and the store, were busy. */
  readonly database: number;
  readonly store: number;
}

/** Statements per second of a worker that computes, beside those for its tiles: whether they are still wanted, heartbeats, that it is there. */
export const BUSY_STATEMENTS = 1 / 0.8 + 1 / 3 + 3 / 10;

/** Tiles take this much longer or shorter than on average: series differ, machines too. */
const SPREAD = 0.3;

/**
 * Tile by tile: each thread claims a tile, computes it, sends it to the store, and records it. The database records one after the other, and the store takes one after
 * the other, each at its full rate: that bounds the sum as sharing would.
 */
export function simulate(costs: Costs, fleet: Fleet, tiles: number): Simulated {
  const { workers, threads, tileSeconds, storeBytesPerSecond, workerBytesPerSecond } = fleet;
  const claimMs = costs.queueMs / 2;
  // What workers ask beside their tiles leaves so much of the database for these.
  const left = 1 - (workers * BUSY_STATEMENTS) / costs.questionsPerSecond;
  if (left <= 0) return { tilesPerSecond: 0, efficiency: 0, database: 1, store: 0 };
  const perTile = 1 / (costs.tilesPerSecond * left);
  const events = new TinyQueue<{ at: number; act: () => void }>([], (a, b) => a.at - b.at);
  const plan = (at: number, act: () => void): void => events.push({ at, act });
  let random = 1;
  const uniform = (): number => {
    random = (random * 48271) % 2147483647; // Park and Miller
    return random / 2147483647;
  };
  let [now, waiting, done, computed, databaseFree, storeFree, databaseBusy, storeBusy] = [0, tiles, 0, 0, 0, 0, 0, 0];
  const claim = (): void => {
    if (waiting-- <= 0) return;
    const seconds = tileSeconds * (1 + SPREAD * (2 * uniform() - 1));
    plan(now + claimMs / 1000, () => {
      computed += seconds;
      plan(now + seconds, send);
    });
  };
  const send = (): void => {
    const seconds = costs.bytes / storeBytesPerSecond;
    storeFree = Math.max(now, storeFree) + seconds;
    storeBusy += seconds;
    plan(storeFree + costs.storeMs / 1000 + costs.bytes / workerBytesPerSecond, record);
  };
  const record = (): void => {
    databaseFree = Math.max(now, databaseFree) + perTile;
    databaseBusy += perTile;
    plan(databaseFree + claimMs / 1000, () => {
      done++;
      claim();
    });
  };
  for (let k = 0; k < workers * threads; k++) plan((uniform() * tileSeconds) / 10, claim);
  for (let event = events.pop(); event; event = events.pop()) {
    now = event.at;
    event.act();
  }
  return {
    tilesPerSecond: done / now,
    efficiency: computed / (workers * threads * now),
    database: 1 - left * (1 - databaseBusy / now),
    store: storeBusy / now,
  };
}
