import { backendNamed, decide } from '../../input/arrays/backend-of.ts';
import { ForwardingBackend } from './forward.ts';
import { isRawBackend, type RawBackend, rawBackends } from './raw-backend.ts';

/**
 * A backend that can be changed in place, after tslearn's `Backend`, with all the names of the raw backend behind it, e.g.
 * `be.array([[0, 1], [2, 3]], { dtype: be.float64 })` and `be.linalg.norm(matrix)`.
 */
export class Backend extends ForwardingBackend {
  #raw: RawBackend;

  /**
   * @param data a name, a raw backend, another `Backend`, or data that belongs to a backend; numpy if nothing decides
   * @throws RangeError for a string that names no backend
   */
  constructor(data?: unknown) {
    super();
    this.#raw = selectBackend(data);
  }

  /** Whether numpy-ts computes, in float64. */
  get isNumpy(): boolean {
    return this.#raw.backend_string === 'numpy';
  }

  /** Whether TensorFlow.js computes, in float32 and differentiably. */
  get isTfjs(): boolean {
    return this.#raw.backend_string === 'tfjs';
  }

  /** The raw backend. */
  getBackend(): RawBackend {
    return this.#raw;
  }

  /** Changes this object to the backend of a name or of data, read as in the constructor. */
  setBackend(data?: unknown): void {
    this.#raw = selectBackend(data);
  }
}

/**
 * The raw backend of a name, a backend or data; numpy if nothing decides.
 *
 * @throws RangeError for a string that names no backend
 */
export function selectBackend(data?: unknown): RawBackend {
  if (data instanceof Backend) return data.getBackend();
  if (isRawBackend(data)) return data;
  return rawBackends[typeof data === 'string' ? backendNamed(data) : (decide(data) ?? 'numpy')];
}
