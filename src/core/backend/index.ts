// The door to what an array is: numpy-ts arrays or TensorFlow.js tensors under one set of names.
export type { ArrayBackend } from './array-backend.ts';
export type { AnyArray, ArrayLike, NestedList, NumpyArray, PlainList, TypedArray } from './array-like.ts';
export { Backend, selectBackend } from './backend.ts';
export type { BackendName } from './backend-name.ts';
export { cast } from './cast.ts';
export type { Dtype } from './dtype.ts';
export { flatOf } from './flat.ts';
export { instantiateBackend } from './instantiate.ts';
export { isNumpyArray } from './is-numpy-array.ts';
export { isTensor } from './is-tensor.ts';
export type { RawBackend } from './raw-backend.ts';
export { kernelOperation } from './tfjs/kernel-operation.ts';
export { loadTf, setTfjsEngine, tfjsEngine } from './tfjs/load.ts';
export { isTypedArray } from './typed-array.ts';
