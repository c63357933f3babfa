import type { ScaleLinear } from 'd3-scale';

/** A linear scale: numbers of its domain to pixels of its range, whose second end may be the smaller one. */
export type Scale = ScaleLinear<number, number>;
