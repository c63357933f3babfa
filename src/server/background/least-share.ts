/** The part of the threads that jobs have beside a caller who waits: as good as none. */
export const LEAST_SHARE = 0.001;
