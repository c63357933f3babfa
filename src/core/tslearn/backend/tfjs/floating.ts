import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../../engines/tfjs/load.ts';

/** Integers and truth values as float32, which is what tfjs's mathematics takes. */
export const floating = (x: tf.Tensor): tf.Tensor =>
  x.dtype === 'int32' || x.dtype === 'bool' ? loadTf().cast(x, 'float32') : x;
