import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Config } from '../config.ts';
import { Datasets } from '../datasets/datasets.ts';
import { openStore } from '../store/open-store.ts';
import { StoreFailure } from '../store/store.ts';

/** Opens the store. If it is not writable, the service runs without data sets and jobs, and logs that once. */
export const keptData = fp(async (app: FastifyInstance, { STORE_URL, DATASET_CACHE_BYTES }: Config) => {
  app.decorate('kept', undefined);
  try {
    const store = await openStore(STORE_URL);
    app.kept = { store, datasets: new Datasets(store, DATASET_CACHE_BYTES) };
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    app.log.warn({ store: STORE_URL, reason: error.message }, 'no data sets and no jobs: the store is not writable');
  }
});
