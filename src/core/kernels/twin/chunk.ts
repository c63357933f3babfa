import type { Pair } from '../types.ts';

/** Numbers that the slowest cost takes about a millisecond for. */
const NUMBERS = 16_384;

/** How many cells of a row are computed between two polls: a row alone may take long, where it is long or has many values a step. */
export const chunkOf = ({ d }: Pick<Pair, 'd'>): number => Math.max(1, Math.floor(NUMBERS / Math.max(1, d)));
