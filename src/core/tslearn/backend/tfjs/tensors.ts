import type * as tf from '@tensorflow/tfjs';
import { loadTf, type Tf } from '../../../engines/tfjs/load.ts';

/** A constant matrix of booleans. */
export function cells(n: number, m: number, chosen: (i: number, j: number) => boolean): tf.Tensor2D {
  const truth = Uint8Array.from({ length: n * m }, (_, at) => Number(chosen(Math.floor(at / m), at % m)));
  return loadTf().tensor2d(truth, [n, m], 'bool');
}

/** Runs an operation of several steps and frees all its tensors except the result (and what a gradient tape still needs). */
export function tidily<T extends tf.TensorContainer>(run: (lib: Tf) => T): T {
  const lib = loadTf();
  return lib.tidy(() => run(lib));
}

/** Integers and booleans as float32, which is what tfjs's math functions take. */
export const floating = (x: tf.Tensor): tf.Tensor =>
  x.dtype === 'int32' || x.dtype === 'bool' ? loadTf().cast(x, 'float32') : x;
