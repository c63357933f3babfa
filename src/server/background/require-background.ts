import type { FastifyInstance } from 'fastify';
import { requireKept } from '../datasets/kept-data.ts';
import type { Background } from './background.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** The jobs; undefined where the store cannot be written. */
    background: Background | undefined;
  }
}

/** @throws Problem `store_unavailable` where there is no store */
export function requireBackground(app: FastifyInstance): Background {
  requireKept(app);
  return app.background as Background;
}
