// First numbers of a series that end the thread of crashing-worker.ts.

/** As a fault in native code would. */
export const EXIT = 666_001;
/** By filling its heap. */
export const HEAP = 666_002;
/** By never looking whether anybody still waits: the thread does not end, it has to be ended. */
export const STUCK = 666_003;
