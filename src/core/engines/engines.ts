import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Engine } from './engine.ts';
import { numpyEngine } from './numpy/engine.ts';
import { tensorEngine } from './tfjs/engine.ts';
import type { TfjsEngine } from './tfjs/load.ts';

/** The engine of each backend. */
export const engines: Readonly<Record<BackendName, Engine>> = { numpy: numpyEngine, tfjs: tensorEngine };

/** The dtype in which a backend computes. */
export const dtypeOf = (backend: BackendName): Engine['dtype'] => engines[backend].dtype;

/** What a response says about its numbers. `engine`: only where several libraries can compute them. */
export interface ComputedBy {
  be: BackendName;
  dtype: Engine['dtype'];
  engine?: TfjsEngine;
}

/** What a response of a backend says about its numbers. */
export function computedBy(be: BackendName): ComputedBy {
  const { dtype, library } = engines[be];
  return { be, dtype, ...(library && { engine: library() }) };
}
