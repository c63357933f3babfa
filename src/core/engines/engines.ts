import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Engine } from './engine.ts';
import { numpyEngine } from './numpy/engine.ts';
import { tensorEngine } from './tfjs/engine.ts';

/** The engine of each backend. */
export const engines: Readonly<Record<BackendName, Engine>> = { numpy: numpyEngine, tfjs: tensorEngine };

/** The dtype in which a backend computes. */
export const dtypeOf = (backend: BackendName): Engine['dtype'] => engines[backend].dtype;
