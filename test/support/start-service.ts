import type { FastifyInstance } from 'fastify';
import supertest from 'supertest';
import { buildApp } from '../../src/server/app.ts';
import { readConfig } from '../../src/server/config.ts';
import { sharedFolder } from './temporary-folder.ts';

/** A service of its own for a test file, on a free port. Close it in `after`. */
export async function startService(env: Record<string, string> = {}, worker?: URL): Promise<Service> {
  // Tests compute on the event loop that they share with the service: that it falls behind says nothing.
  const own = {
    STORE_URL: `file:${sharedFolder()}`,
    LOG_LEVEL: 'silent',
    WORKERS: '1',
    PORT: '0',
    MAX_EVENT_LOOP_DELAY_MS: '0',
  };
  const app = await buildApp(readConfig({ ...own, ...env }), worker);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, url: app.listeningOrigin, request: supertest(app.listeningOrigin), close: () => app.close() };
}

export interface Service {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly request: ReturnType<typeof supertest>;
  close(): Promise<void>;
}

/** Resolves once the service says it is ready. */
export async function untilReady({ request }: Service): Promise<void> {
  while ((await request.get('/readyz')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
}
