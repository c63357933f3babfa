import { backendNamed, decide } from '../../input/arrays/backend-of.ts';
import { Backend } from './backend.ts';
import { isRawBackend } from './raw-backend.ts';

/**
 * The backend of the first argument that decides, after tslearn's `instantiate_backend`: a `Backend` (returned itself), a
 * raw backend, the names "numpy", "tfjs" and "pytorch" (tfjs), a numpy-ts, typed or number array (numpy), a tensor or a
 * list of tensors (tfjs). If none decides: numpy.
 *
 * @throws RangeError for any other string, even behind an argument that decides
 */
export function instantiateBackend(...args: readonly unknown[]): Backend {
  for (const arg of args) if (typeof arg === 'string') backendNamed(arg);
  for (const arg of args) {
    if (arg instanceof Backend) return arg;
    if (typeof arg === 'string' || isRawBackend(arg) || decide(arg) !== undefined) return new Backend(arg);
  }
  return new Backend('numpy');
}
