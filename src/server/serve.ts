import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { collect } from './memory/collect.ts';

/** Listens until a signal or a fatal error comes, then finishes what was accepted. */
export async function serve(config: Config, worker?: URL): Promise<void> {
  const app = await buildApp(config, worker);
  closeWithGrace({ delay: config.SHUTDOWN_TIMEOUT_MS, logger: app.log }, async ({ err, signal }) => {
    if (err) app.log.fatal({ err }, 'shutting down after an error');
    else app.log.info({ signal }, 'shutting down: finishing accepted requests');
    await app.close();
  });
  await app.listen({ host: config.HOST, port: config.PORT });
  collect('last-resort'); // while the workers load
}
