import type { Dataset } from '../../core/server-door.ts';

/** The data sets, and parts of some, that this thread has seen and that are still in memory, by digest; the last is the most recently used. */
const known = new Map<string, Dataset>();

/** A job has as many parts of a data set as tiles: only few are used again. */
const MOST = 64;

/**
 * The input of a message, with each stored data set replaced by the object that this thread has for it, so that what was prepared for it is
 * found again. The values are in shared memory, the same in every thread.
 */
export function withKnown<T>(message: T): T {
  if (typeof message !== 'object' || message === null || Array.isArray(message) || ArrayBuffer.isView(message))
    return message;
  if (isKept(message)) return knownAs(message) as T;
  const entries = Object.entries(message).map(([key, part]) => [key, withKnown(part)] as const);
  return entries.some(([key, part]) => part !== Reflect.get(message, key))
    ? (Object.fromEntries(entries) as T)
    : message;
}

type KeptDataset = Dataset & Required<Pick<Dataset, 'kept'>>;

const isKept = (value: object): value is KeptDataset => 'kept' in value && 'starts' in value;

function knownAs(dataset: KeptDataset): Dataset {
  for (const [digest, { kept }] of known) if (kept && Atomics.load(kept.alive, 0) === 0) known.delete(digest);
  const { digest } = dataset.kept;
  const mine = known.get(digest) ?? dataset;
  known.delete(digest);
  known.set(digest, mine);
  for (const [oldest] of known) {
    if (known.size <= MOST) break;
    known.delete(oldest);
  }
  return mine;
}
