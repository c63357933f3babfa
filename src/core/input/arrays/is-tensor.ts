import type * as tf from '@tensorflow/tfjs';

/** Whether a value is a TensorFlow.js tensor, of whichever copy of the library; loads none. */
export function isTensor(value: unknown): value is tf.Tensor {
  return typeof value === 'object' && value !== null && 'dataId' in value && 'shape' in value && 'dtype' in value;
}
