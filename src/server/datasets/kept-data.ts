import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/errors.ts';
import type { Store } from '../store/store.ts';
import type { Datasets } from './datasets.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What is stored beyond a request; undefined if the store is not writable. */
    kept: KeptData | undefined;
  }
}

/** What is stored beyond a request. */
export interface KeptData {
  readonly store: Store;
  readonly datasets: Datasets;
  /** How often the store has failed. */
  readonly storeErrors: () => number;
}

/** @throws Problem `store_unavailable` if there is no store */
export function requireKept(app: FastifyInstance): KeptData {
  if (app.kept) return app.kept;
  throw new Problem('store_unavailable', 'this service cannot store data sets or jobs: its store is not writable', {
    headers: { 'retry-after': '60' },
  });
}

/** The owner of a data set or a job: the key that created it, or everybody if there are no keys. */
export const ownerOf = ({ caller }: FastifyRequest): string => (caller.hasKey ? caller.id : 'all');
