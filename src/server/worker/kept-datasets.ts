import type { Dataset } from '../../core/server-door.ts';

/** The data sets that this thread has seen and that are still in memory, by digest. */
const known = new Map<string, Dataset>();

/**
 * The input of a message, with each stored data set replaced by the object that this thread has for it, so that what was prepared for it, such as envelopes, is
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
  const mine = known.get(dataset.kept.digest);
  if (mine) return mine;
  known.set(dataset.kept.digest, dataset);
  return dataset;
}
