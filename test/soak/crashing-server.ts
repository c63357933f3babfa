import { readConfig } from '../../src/server/config.ts';
import { serve } from '../../src/server/serve.ts';

// The service, with workers that can be made to exit.
await serve(readConfig(process.env), new URL('../support/crashing-worker.ts', import.meta.url));
