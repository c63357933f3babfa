import type { FastifyInstance } from 'fastify';
import { requireKept } from '../datasets/kept-data.ts';
import type { Background } from './background.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The jobs; undefined if the store is not writable. */
    background: Background | undefined;
  }
}

/** @throws Problem `store_unavailable` if there is no store */
export function requireBackground(app: FastifyInstance): Background {
  requireKept(app);
  return app.background as Background;
}
