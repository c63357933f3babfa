// tslearn's Backend: numpy-ts arrays or TensorFlow.js tensors under one set of names. Only the library's entry point uses it.
export type { ArrayBackend } from './array-backend.ts';
export { Backend, selectBackend } from './backend.ts';
export { cast } from './cast.ts';
export { instantiateBackend } from './instantiate.ts';
export type { RawBackend } from './raw-backend.ts';
