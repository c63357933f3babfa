import type { Pair } from '../types.ts';

/** How many numbers the slowest cost handles in about a millisecond. */
const NUMBERS = 16_384;

/** How many cells of a row are computed between two polls: a single row may take long if it is long or has many values per step. */
export const chunkOf = ({ d }: Pick<Pair, 'd'>): number => Math.max(1, Math.floor(NUMBERS / Math.max(1, d)));
