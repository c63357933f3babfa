import type { CancelFlag } from '../../core/server-door.ts';
import type { IngestJob } from '../datasets/ingest.ts';
import { operations } from '../operations/index.ts';
import { readBody, weighBody } from './read-body.ts';
import { readNpz, weighBodyNpz } from './read-npz.ts';

/** Computes on a worker: plain objects, strings, numbers and typed arrays in and out. */
export type JobFunction = (input: never, cancel: CancelFlag) => unknown;

/** Everything that a worker can do, by the names used in messages: the job of each operation, and reading bodies. */
export const jobs: ReadonlyMap<string, JobFunction> = new Map<string, JobFunction>([
  ...operations.map(({ name, job }): [string, JobFunction] => [name, job]),
  ['weighBody', weighBody],
  ['readBody', readBody],
  ['weighNpz', weighBodyNpz],
  ['readNpz', readNpz],
  // The libraries of all formats, loaded with the first upload.
  ['ingest', async (input: IngestJob, cancel) => (await import('../datasets/ingest.ts')).ingest(input, cancel)],
]);
