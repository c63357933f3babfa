import { kernelModule } from '../core/server-door.ts';
import { type Config, readConfig } from './config.ts';
import { settleTfjsEngine } from './pool/tfjs-engine.ts';
import { serve } from './serve.ts';

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
