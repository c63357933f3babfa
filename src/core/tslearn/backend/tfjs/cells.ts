import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';

/** A constant matrix of truth values. */
export function cells(n: number, m: number, chosen: (i: number, j: number) => boolean): tf.Tensor2D {
  const truth = Uint8Array.from({ length: n * m }, (_, at) => Number(chosen(Math.floor(at / m), at % m)));
  return loadTf().tensor2d(truth, [n, m], 'bool');
}
