// TEMPORARY by the lead: the backend engineer overwrites this file.
import { createRequire } from 'node:module';
import type * as tf from '@tensorflow/tfjs';

let loaded: typeof tf | undefined;
export function loadTf(): typeof tf {
  if (!loaded) {
    loaded = createRequire(import.meta.url)('@tensorflow/tfjs') as typeof tf;
    loaded.enableProdMode();
  }
  return loaded;
}
export const setTfjsEngine = (_: 'auto' | 'node' | 'cpu') => {};
export const tfjsEngine = (): 'node' | 'cpu' => 'cpu';
