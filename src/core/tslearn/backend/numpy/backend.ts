import type { NumpyArray } from '../../../input/arrays/array-like.ts';
import { constants, dtypes, isFloatDtype } from '../../../input/arrays/dtype.ts';
import { isNumpyArray } from '../../../input/arrays/kinds.ts';
import type { ArrayBackend } from '../array-backend.ts';
import { testingWith } from '../testing.ts';
import * as creation from './creation.ts';
import { asarray } from './creation.ts';
import * as distances from './distances.ts';
import { linalg } from './linalg.ts';
import * as math from './math.ts';
import { random } from './random.ts';
import * as reduce from './reduce.ts';
import * as shape from './shape.ts';

/** numpy-ts under tslearn's names: its scalars are JavaScript numbers and booleans. */
export interface NumpyBackend extends ArrayBackend<NumpyArray, number, boolean> {
  readonly backend_string: 'numpy';
}

/** The numpy backend. */
export const numpyBackend: NumpyBackend = {
  backend_string: 'numpy',
  ...dtypes,
  ...constants,
  ...creation,
  ...shape,
  ...math,
  ...reduce,
  ...distances,
  linalg,
  random,
  testing: testingWith({ rtol: 1e-7, atol: 0 }), // NumPy's
  from_numpy: (x) => asarray(x),
  to_numpy: (x) => asarray(x),
  belongs_to_backend: (x) => isNumpyArray(x) || typeof x === 'number' || typeof x === 'boolean',
  is_array: isNumpyArray,
  is_float: (x) => typeof x === 'number' || (isNumpyArray(x) && isFloatDtype(x.dtype)),
  is_float32: (x) => isNumpyArray(x) && x.dtype === 'float32',
  is_float64: (x) => typeof x === 'number' || (isNumpyArray(x) && x.dtype === 'float64'),
};
