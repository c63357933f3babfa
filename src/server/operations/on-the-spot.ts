import type { BackendName, Price, Wanted } from '../../core/server-door.ts';

// Handing a pair to a worker and receiving its result costs the main thread about 20 microseconds and the worker as many, and makes the request wait for
// a thread, which takes milliseconds on a busy machine. Work that takes little more is done on the spot: that is faster for this request and no slower for others.

/** About 30 microseconds of the fastest sweep, and 120 of what is slowest for its price. */
const ON_THE_SPOT = 150_000;

/** Whether finding a value costs less than asking a worker for it. */
export const isQuick = (be: BackendName, { grad, path, alignment }: Wanted, { cells }: Price): boolean =>
  be === 'numpy' && !grad && !path && !alignment && cells <= ON_THE_SPOT;
