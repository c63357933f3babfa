import type { Database } from '../database/database.ts';
import type { JobTable } from './job-table.ts';
import type { TileQueue } from './queue.ts';
import type { Runner } from './runner.ts';

/** The open database of jobs, and what works on it. */
export interface Opened {
  readonly database: Database;
  readonly table: JobTable;
  readonly queue: TileQueue;
  readonly runner: Runner;
}
