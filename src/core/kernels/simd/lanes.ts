/** Pairs that a batch computes at once: one in each lane. */
export const LANES = 8;
