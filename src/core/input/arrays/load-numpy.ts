import type * as numpy from 'numpy-ts';
import { loading } from './loading.ts';
import { nodeRequire } from './node-require.ts';

const require = nodeRequire(import.meta.url);

let loaded: typeof numpy | undefined;

/** numpy-ts, loaded at the first call: it takes 35 MB and 90 ms, and most work with flat arrays needs none of it. */
export function loadNumpy(): typeof numpy {
  loaded ??= loading(() => require('numpy-ts') as typeof numpy);
  return loaded;
}
