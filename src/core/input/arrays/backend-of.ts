import { isNumpyArray, isTensor, isTypedArray } from './kinds.ts';

/** The ways to compute: on float64 numpy-ts arrays, or on float32 TensorFlow.js tensors that differentiate. */
export const BACKENDS = ['numpy', 'tfjs'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** tslearn's names for our backends: its "pytorch" is the one that differentiates. */
export const BACKEND_ALIASES = { pytorch: 'tfjs' } as const satisfies Record<string, BackendName>;
export type BackendAlias = keyof typeof BACKEND_ALIASES;

/** An object that knows which backend it is: tslearn's `Backend`, wrapped or raw. */
export interface NamedBackend {
  readonly backend_string: BackendName;
}

/**
 * The backend that a string names.
 *
 * @throws RangeError for any other string
 */
export function backendNamed(name: string): BackendName {
  if (isBackendName(name)) return name;
  if (Object.hasOwn(BACKEND_ALIASES, name)) return BACKEND_ALIASES[name as BackendAlias];
  const known = [...BACKENDS, ...Object.keys(BACKEND_ALIASES)].map((one) => `"${one}"`);
  throw new RangeError(
    `unknown backend ${JSON.stringify(name)}: use ${known.slice(0, -1).join(', ')} or ${known.at(-1)}`,
  );
}

/**
 * The backend of the first argument that decides: a name, a `Backend`, or data. If none decides: numpy.
 *
 * @throws RangeError for a string that names no backend, even behind an argument that decides
 */
export function backendOf(...args: readonly unknown[]): BackendName {
  for (const arg of args) if (typeof arg === 'string') backendNamed(arg);
  for (const arg of args) {
    const found = typeof arg === 'string' ? backendNamed(arg) : isNamedBackend(arg) ? arg.backend_string : decide(arg);
    if (found !== undefined) return found;
  }
  return 'numpy';
}

/**
 * The backend that data belongs to, by what it is and never by how it prints. A list belongs to the backend of its first decisive
 * element, at any depth; an empty list counts as a number array. Scalars, null and undefined decide nothing.
 */
export function decide(data: unknown): BackendName | undefined {
  if (Array.isArray(data)) return data.length === 0 ? 'numpy' : firstDecided(data);
  if (isTensor(data)) return 'tfjs';
  return isNumpyArray(data) || isTypedArray(data) ? 'numpy' : undefined;
}

function firstDecided(list: readonly unknown[]): BackendName | undefined {
  for (const element of list) {
    const found = typeof element === 'number' ? 'numpy' : decide(element);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isBackendName = (name: unknown): name is BackendName => (BACKENDS as readonly unknown[]).includes(name);

const isNamedBackend = (value: unknown): value is NamedBackend =>
  typeof value === 'object' && value !== null && 'backend_string' in value && isBackendName(value.backend_string);
