import type { BackendName } from '../../input/arrays/backend-of.ts';
import { type NumpyBackend, numpyBackend } from './numpy/backend.ts';
import { type TfjsBackend, tfjsBackend } from './tfjs/backend.ts';

/** A backend without the wrapper that can change it. */
export type RawBackend = NumpyBackend | TfjsBackend;

/** Both raw backends. */
export const rawBackends = { numpy: numpyBackend, tfjs: tfjsBackend } as const satisfies Record<
  BackendName,
  RawBackend
>;

/** Whether a value is one of the two raw backends. */
export const isRawBackend = (value: unknown): value is RawBackend => value === numpyBackend || value === tfjsBackend;
