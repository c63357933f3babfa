/** The two ways to compute: float64 numpy-ts arrays, or float32 TensorFlow.js tensors that differentiate. */
export type BackendName = 'numpy' | 'tfjs';

/**
 * The backend that a string names. tslearn's "pytorch" is its backend that differentiates, so it means tfjs.
 *
 * @throws RangeError for any other string
 */
export function backendNamed(name: string): BackendName {
  if (name === 'numpy' || name === 'tfjs') return name;
  if (name === 'pytorch') return 'tfjs';
  throw new RangeError(`unknown backend ${JSON.stringify(name)}: use "numpy", "tfjs" or "pytorch"`);
}
