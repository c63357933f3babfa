import { withOwnInstance } from '../kernels/index.ts';
import { withOwnState } from './tfjs/load.ts';

/** Computes in the middle of another computation, where that one polls, and leaves it as it was. */
export const apart = <T>(compute: () => T): T => withOwnInstance(() => withOwnState(compute));
