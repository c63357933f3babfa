import { type Store, StoreFailure } from './store.ts';

/** A store whose failures are counted, whatever then becomes of them. */
export function countFailures(store: Store): { readonly store: Store; readonly failures: () => number } {
  let count = 0;
  const counted = <T>(made: Promise<T>): Promise<T> =>
    made.catch((error) => {
      if (error instanceof StoreFailure) count++;
      throw error;
    });
  return {
    failures: () => count,
    store: {
      name: store.name,
      put: (key, content) => counted(store.put(key, content)),
      get: (key, range) => counted(store.get(key, range)),
      stat: (key) => counted(store.stat(key)),
      delete: (key) => counted(store.delete(key)),
      ...(store.stamp && { stamp: (prefix) => counted((store.stamp as NonNullable<Store['stamp']>)(prefix)) }),
      async *list(prefix) {
        const entries = store.list(prefix)[Symbol.asyncIterator]();
        for (let next = await counted(entries.next()); !next.done; next = await counted(entries.next()))
          yield next.value;
      },
    },
  };
}
