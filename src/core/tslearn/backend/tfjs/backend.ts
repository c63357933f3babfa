import type * as tf from '@tensorflow/tfjs';
import { constants, dtypes, isFloatDtype } from '../../../input/arrays/dtype.ts';
import { isTensor } from '../../../input/arrays/kinds.ts';
import type { ArrayBackend } from '../array-backend.ts';
import { asarray as asNumpy } from '../numpy/creation.ts';
import { testingWith } from '../testing.ts';
import * as creation from './creation.ts';
import { asarray } from './creation.ts';
import * as distances from './distances.ts';
import { linalg } from './linalg.ts';
import * as math from './math.ts';
import { random } from './random.ts';
import * as reduce from './reduce.ts';
import * as shape from './shape.ts';
import { unsupported } from './unsupported.ts';

/** TensorFlow.js under tslearn's names: its scalars are tensors without dimensions, so that they differentiate. */
export interface TfjsBackend extends ArrayBackend<tf.Tensor, tf.Scalar, tf.Scalar> {
  readonly backend_string: 'tfjs';
  /** What it cannot do; using it throws the reason. `float64` and the like are names for comparison only. */
  readonly unsupported: ReadonlyMap<string, string>;
}

/** The tfjs backend. TensorFlow.js is loaded by the first operation, not by this object. */
export const tfjsBackend: TfjsBackend = {
  backend_string: 'tfjs',
  unsupported,
  ...dtypes,
  ...constants,
  ...creation,
  ...shape,
  ...math,
  ...reduce,
  ...distances,
  linalg,
  random,
  testing: testingWith({ rtol: 1e-5, atol: 1e-8 }), // PyTorch's: NumPy's rtol is below float32's resolution
  from_numpy: (x) => asarray(x),
  to_numpy: (x) => asNumpy(x),
  belongs_to_backend: isTensor,
  is_array: isTensor,
  is_float: (x) => typeof x === 'number' || (isTensor(x) && isFloatDtype(x.dtype)),
  is_float32: (x) => isTensor(x) && x.dtype === 'float32',
  is_float64: (x) => typeof x === 'number',
};
