import { setFlagsFromString } from 'node:v8';
import { kernelModule } from '../core/server-door.ts';
import { type Config, readConfig } from './config.ts';
import { settleTfjsEngine } from './pool/tfjs-engine.ts';
import { serve } from './serve.ts';

// V8 lets a heap as small as this one grow by half before it marks everything again, which takes the event loop 40 ms
// of each second under load, and others on its core wait too. At three times its size it is still a tenth of a small container.
setFlagsFromString('--heap-growing-percent=200');

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
