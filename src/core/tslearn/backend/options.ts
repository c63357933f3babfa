import type { Dtype } from '../../input/arrays/dtype.ts';
import type { DistanceName } from './distance.ts';

/** A shape, or the length of a vector. */
export type Shape = number | readonly number[];

/** The element type of the result. */
export interface DtypeOptions {
  readonly dtype?: Dtype | undefined;
}

/** `arange`'s numbers, then its options. */
export type ArangeArguments =
  | [stop: number, options?: DtypeOptions]
  | [start: number, stop: number, options?: DtypeOptions]
  | [start: number, stop: number, step: number, options?: DtypeOptions];

/** Along which axis; negative ones count from the last, none means all elements. */
export interface AxisOptions {
  readonly axis?: number | null | undefined;
}

/** Along which axes, and whether they stay, with length 1. */
export interface ReduceOptions {
  readonly axis?: number | readonly number[] | null | undefined;
  readonly keepdims?: boolean | undefined;
}

/** To how many decimals `round` rounds (0); a negative number rounds to tens. */
export interface DecimalsOptions {
  readonly decimals?: number | undefined;
}

/** Which diagonal (0): positive above the main one, negative below. */
export interface DiagonalOptions {
  readonly k?: number | undefined;
}

/** Columns (as many as rows), diagonal and dtype of `eye`. */
export interface EyeOptions extends DiagonalOptions, DtypeOptions {
  readonly M?: number | undefined;
}

/** Diagonal and columns (as many as rows) of `tril_indices` and `triu_indices`. */
export interface TriIndicesOptions extends DiagonalOptions {
  readonly m?: number | undefined;
}

/** The order of a norm: numbers are p-norms of vectors, and norms of matrices as NumPy lists them. */
export interface NormOptions extends ReduceOptions {
  readonly ord?: number | 'fro' | 'nuc' | null | undefined;
}

/** A distance of two vectors (d,) that the caller computes. Method syntax, so that either backend's arrays may be named. */
export type DistanceFunction<A> = { distance(x: A, y: A): number | A }['distance'];

/** The order of the minkowski distance (2). */
export interface MinkowskiOptions {
  readonly p?: number | undefined;
}

/** Which distance ("euclidean"): a name or a function of two rows. */
export interface PairwiseOptions<A> {
  readonly metric?: DistanceName | DistanceFunction<A> | undefined;
}

/** A distance and its parameter. */
export type DistanceOptions<A> = PairwiseOptions<A> & MinkowskiOptions;

/** The shape of random numbers; one number without it. */
export interface SizeOptions {
  readonly size?: Shape | null | undefined;
}

/** Tolerances: |actual - desired| <= atol + rtol |desired|. */
export interface ToleranceOptions {
  readonly rtol?: number | undefined;
  readonly atol?: number | undefined;
  readonly equal_nan?: boolean | undefined;
}
