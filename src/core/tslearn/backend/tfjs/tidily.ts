import type * as tf from '@tensorflow/tfjs';
import { loadTf, type Tf } from '../../../engines/tfjs/load.ts';

/** Runs an operation of several steps and frees all its tensors but the result (and what a gradient tape still needs). */
export function tidily<T extends tf.TensorContainer>(run: (lib: Tf) => T): T {
  const lib = loadTf();
  return lib.tidy(() => run(lib));
}
