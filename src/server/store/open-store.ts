import { resolve } from 'node:path';
import { openFileStore } from './file-store.ts';
import type { Store } from './store.ts';

/**
 * The store that STORE_URL names: `file:` and a directory, absolute or relative to the working directory.
 *
 * @throws StoreFailure where it cannot be written; RangeError for a URL of another kind
 */
export async function openStore(url: string): Promise<Store> {
  const file = /^file:(?:\/\/(?=\/))?(.+)$/.exec(url);
  if (file?.[1]) return openFileStore(resolve(file[1]));
  throw new RangeError(`STORE_URL=${url}: must be file: and a directory`);
}
