// First numbers of a series that end the thread of crashing-worker.ts.

/** As a fault in native code would. */
export const EXIT = 666_001;
/** By filling its heap. */
export const HEAP = 666_002;
/** By never checking whether anybody still waits: the thread does not end, so it has to be terminated. */
export const STUCK = 666_003;
