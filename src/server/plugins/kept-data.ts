import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { Background } from '../background/background.ts';
import type { Config } from '../config.ts';
import { Datasets } from '../datasets/datasets.ts';
import { removeLeftUploads } from '../datasets/upload.ts';
import type { Memory } from '../memory/memory.ts';
import type { Pool } from '../pool/pool.ts';
import { countFailures } from '../store/count-failures.ts';
import { openStore } from '../store/open-store.ts';
import { StoreFailure } from '../store/store.ts';

type Options = { pool: Pool; config: Config; memory: Memory };

/** Opens the store. If it is not writable, the service runs without data sets and jobs, and logs that once. */
export const keptData = fp(async (app: FastifyInstance, { pool, config, memory }: Options) => {
  app.decorate('kept', undefined);
  app.decorate('background', undefined);
  try {
    const cache = { folder: config.STORE_CACHE, bytes: config.STORE_CACHE_BYTES };
    const { store, failures } = countFailures(await openStore(config.STORE_URL, cache));
    const datasets = new Datasets(store, config.DATASET_CACHE_BYTES, memory);
    app.kept = { store, datasets, storeErrors: failures };
    app.log.info({ store: store.name }, 'data sets and jobs are stored');
    app.background = new Background({ config, pool, memory, store, datasets, log: app.log });
  } catch (error) {
    // A worker without a store can do nothing.
    if (!(error instanceof StoreFailure) || config.JOBS === 'compute') throw error;
    const fields = { store: config.STORE_URL, reason: error.message };
    app.log.warn(fields, 'no data sets and no jobs: the store is not writable');
    return;
  }
  app.addHook('onReady', async () => {
    void removeLeftUploads();
    // Resumes what an earlier process left; nothing has to wait for that.
    void app.background?.resume();
  });
  app.addHook('preClose', async () => app.background?.close());
});
