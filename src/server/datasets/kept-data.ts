import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../http/errors.ts';
import type { Store } from '../store/store.ts';
import type { Datasets } from './datasets.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** What is kept beyond a request; undefined where the store cannot be written. */
    kept: KeptData | undefined;
  }
}

/** What is kept beyond a request. */
export interface KeptData {
  readonly store: Store;
  readonly datasets: Datasets;
}

/** @throws Problem `store_unavailable` where there is no store */
export function requireKept(app: FastifyInstance): KeptData {
  if (app.kept) return app.kept;
  throw new Problem('store_unavailable', 'this service keeps no data sets and no jobs: its store cannot be written', {
    headers: { 'retry-after': '60' },
  });
}

/** Whose a data set or a job is: the key's that made it; everybody's where there are no keys. */
export const ownerOf = ({ caller }: FastifyRequest): string => (caller.hasKey ? caller.id : 'all');
