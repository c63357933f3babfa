// The door to what an array is: numpy-ts arrays or TensorFlow.js tensors under one set of names.

export { kernelOperation } from '../../engines/tfjs/kernel-operation.ts';
export { loadTf, setTfjsEngine, tfjsEngine } from '../../engines/tfjs/load.ts';
export type {
  AnyArray,
  ArrayLike,
  NestedList,
  NumpyArray,
  PlainList,
  TypedArray,
} from '../../input/arrays/array-like.ts';
export type { BackendName } from '../../input/arrays/backend-name.ts';
export type { Dtype } from '../../input/arrays/dtype.ts';
export { flatOf } from '../../input/arrays/flat.ts';
export { isNumpyArray } from '../../input/arrays/is-numpy-array.ts';
export { isTensor } from '../../input/arrays/is-tensor.ts';
export { isTypedArray } from '../../input/arrays/typed-array.ts';
export type { ArrayBackend } from './array-backend.ts';
export { Backend, selectBackend } from './backend.ts';
export { cast } from './cast.ts';
export { instantiateBackend } from './instantiate.ts';
export type { RawBackend } from './raw-backend.ts';
