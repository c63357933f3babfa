import { buffer } from 'node:stream/consumers';
import type { Store } from '../store/store.ts';
import { digestOf } from './digest.ts';

/** Stores bytes under a key. What an earlier attempt left there and did not record is replaced if it differs. */
export async function putIntact(store: Store, key: string, bytes: Uint8Array, digest: string): Promise<void> {
  if (await store.put(key, bytes)) return;
  const there = await store.get(key);
  if (there && digestOf(await buffer(there)) === digest) return;
  await store.delete(key);
  await store.put(key, bytes);
}
