import type { Config } from '../config.ts';
import type { Database } from '../database/database.ts';
import type { Datasets } from '../datasets/datasets.ts';
import type { Memory } from '../memory/memory.ts';
import type { Pool } from '../pool/pool.ts';
import type { Store } from '../store/store.ts';
import type { JobTable } from './job-table.ts';
import type { TileQueue } from './queue.ts';
import type { Retry } from './retries.ts';

/** Where a job's tiles are computed and stored. */
export interface Site {
  readonly config: Config;
  readonly pool: Pool;
  readonly memory: Memory;
  readonly store: Store;
  readonly datasets: Datasets;
  readonly database: Database;
  readonly table: JobTable;
  readonly queue: TileQueue;
  readonly kernel: string;
  /** This process, for others; and after how many seconds of silence one is gone. */
  readonly process: string;
  readonly goneSeconds: number;
  readonly log: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
  /** Called for each computed tile. */
  readonly computed: (run: TileRun) => void;
  /** Called for tiles that are put back to be tried again. */
  readonly retried: (reason: Retry, tiles: number) => void;
}

/** A tile that was computed and recorded. */
export interface TileRun {
  readonly job: string;
  readonly tile: number;
  readonly metric: string;
  readonly backend: string;
  readonly cells: number;
  /** Milliseconds from its start until it was stored, and the time that threads took in that. */
  readonly ms: number;
  readonly compute: number;
}

/** Logs what went wrong with a tile. */
export function warnOfTile({ log }: Pick<Site, 'log'>, error: unknown): undefined {
  log.warn({ err: error }, 'a tile of a job');
}
