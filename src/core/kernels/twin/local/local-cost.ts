import type { Pair } from '../../types.ts';

/** A local cost, a row at a time so that the loop inside holds no call. */
export interface LocalCost {
  /** Writes cost(i, j) to out[j] for lo <= j <= hi. */
  row(pair: Pair, i: number, lo: number, hi: number, out: Float64Array): void;
  /** Adds share[j] * d cost(i, j) / d s1 to grad1, and likewise for s2, for lo <= j <= hi. */
  adjoint(
    pair: Pair,
    i: number,
    lo: number,
    hi: number,
    share: Float64Array,
    grad1: Float64Array,
    grad2: Float64Array,
  ): void;
}
