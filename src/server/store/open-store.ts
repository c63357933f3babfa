import { resolve } from 'node:path';
import { withDiskCache } from './disk-cache.ts';
import { openFileStore } from './file-store.ts';
import type { Store } from './store.ts';

/**
 * The store that STORE_URL names: `file:` and a directory, absolute or relative to the working directory, or `s3://bucket/prefix`.
 *
 * @param cache where data sets of a bucket are kept on this machine, and how many bytes of them
 * @throws StoreFailure where it cannot be written; RangeError for a URL of another kind
 */
export async function openStore(
  url: string,
  cache?: { readonly folder: string; readonly bytes: number },
): Promise<Store> {
  const file = /^file:(?:\/\/(?=\/))?(.+)$/.exec(url);
  if (file?.[1]) return openFileStore(resolve(file[1]));
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(url) ?? [];
  if (bucket === undefined)
    throw new RangeError(`STORE_URL=${url}: must be file: and a directory, or s3://bucket/prefix`);
  const { openS3Store } = await import('./s3-store.ts'); // whoever does not use it saves 35 MB
  const store = await openS3Store(bucket, prefix && `${prefix}/`);
  return cache?.bytes ? withDiskCache(store, cache.folder, cache.bytes) : store;
}
