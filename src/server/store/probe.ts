import { randomUUID } from 'node:crypto';
import { type Store, StoreFailure } from './store.ts';

/** Whether a store can be written and does not replace what it has: that each tile is stored once depends on it. @throws StoreFailure */
export async function probe(store: Store): Promise<void> {
  const key = `probe/${randomUUID()}`;
  try {
    await store.put(key, Buffer.from('a'));
    if (!(await store.put(key, Buffer.from('b')))) return;
  } finally {
    await store.delete(key).catch(() => {});
  }
  throw new StoreFailure(`${store.name} ignores If-None-Match: conditional writes are needed`);
}
