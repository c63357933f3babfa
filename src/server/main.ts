import closeWithGrace from 'close-with-grace';
import { kernelModule } from '../core/index.ts';
import { buildApp } from './app.ts';
import { type Config, readConfig } from './config.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  fail(
    `Warpserve needs Node 22.18 or newer, this is ${process.version}. \`npm start\` runs the Node that npm ci installed.`,
  );
}

const config = configuration();
requireKernels();
const app = await buildApp(config);
closeWithGrace({ delay: config.SHUTDOWN_TIMEOUT_MS, logger: app.log }, async ({ err, signal }) => {
  if (err) app.log.fatal({ err }, 'shutting down after an error');
  else app.log.info({ signal }, 'shutting down: finishing what was accepted');
  await app.close();
});
await app.listen({ host: config.HOST, port: config.PORT });

function configuration(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    return fail((error as Error).message);
  }
}

function requireKernels(): void {
  try {
    kernelModule();
  } catch (error) {
    fail((error as Error).message);
  }
}

function fail(message: string): never {
  process.stderr.write(`warpserve: ${message}\n`);
  process.exit(1);
}
