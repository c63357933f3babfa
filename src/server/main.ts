import { kernelModule } from '../core/server-door.ts';
import { type Config, readConfig } from './config.ts';
import { settleTfjsEngine } from './pool/tfjs-engine.ts';
import { serve } from './serve.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  fail(
    `Warpserve needs Node 22.18 or newer; this is ${process.version}. \`npm start\` runs the Node that npm ci installed.`,
  );
}

const config = configuration();
requireKernels();
requireTfjsEngine();
await serve(config).catch((error) => fail(error.message));

function configuration(): Config {
  try {
    // `npm run worker`: the argument works in any shell, a variable before the command does not.
    return readConfig({ ...process.env, ...(process.argv[2] === 'worker' && { JOBS: 'compute' }) });
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

function requireTfjsEngine(): void {
  try {
    settleTfjsEngine(config.TFJS_ENGINE);
  } catch (error) {
    fail((error as Error).message);
  }
}

function fail(message: string): never {
  process.stderr.write(`warpserve: ${message}\n`);
  process.exit(1);
}
