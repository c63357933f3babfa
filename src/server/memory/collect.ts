import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (options: { type: 'major'; execution: 'sync'; flavor: Flavor }) => void;

/** `last-resort`: gives back to the system what the heap has grown to, too. */
type Flavor = 'regular' | 'last-resort';

/**
 * Frees now what this thread no longer uses, in tens of milliseconds. V8 would wait until its heap has grown to a multiple of what is used: after a start,
 * or a body whose values took hundreds of megabytes, memory would stay taken that nobody counts.
 */
export const collect = (flavor: Flavor): void => gc({ type: 'major', execution: 'sync', flavor });
