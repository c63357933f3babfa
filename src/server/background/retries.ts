import { DatabaseFailure } from '../database/database.ts';
import { StoreFailure } from '../store/store.ts';

/** Why tiles are put back to be tried again: what failed, or that the process that had them was gone. */
export const RETRIES = ['store', 'database', 'thread', 'process'] as const;
export type Retry = (typeof RETRIES)[number];

/** What has failed: a thread if it is neither of the others. */
export const retryFor = (error: unknown): Retry =>
  error instanceof DatabaseFailure ? 'database' : error instanceof StoreFailure ? 'store' : 'thread';
