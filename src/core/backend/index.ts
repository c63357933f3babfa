// TEMPORARY by the lead, so that the engine can be tried: the backend engineer overwrites this file.
import type * as tf from '@tensorflow/tfjs';
export type BackendName = 'numpy' | 'tfjs';
export class Backend {
  backend_string: BackendName;
  constructor(b: BackendName) {
    this.backend_string = b;
  }
  get isNumpy() {
    return this.backend_string === 'numpy';
  }
  get isTfjs() {
    return !this.isNumpy;
  }
}
export const isTensor = (x: unknown): x is tf.Tensor =>
  typeof x === 'object' && x !== null && 'dataId' in x && 'shape' in x;
export const isNumpyArray = (x: unknown): x is { shape: number[]; flatten(): { tolist(): unknown } } =>
  typeof x === 'object' && x !== null && 'tolist' in x;
export function instantiateBackend(...args: unknown[]): Backend {
  for (const a of args) {
    if (a instanceof Backend) return a;
    if (a === 'numpy') return new Backend('numpy');
    if (a === 'tfjs' || a === 'pytorch' || isTensor(a)) return new Backend('tfjs');
    if (Array.isArray(a)) return new Backend('numpy');
  }
  return new Backend('numpy');
}
export const selectBackend = instantiateBackend;
export const cast = (x: unknown) => x;
export { loadTf, setTfjsEngine, tfjsEngine } from './tfjs/load.ts';
