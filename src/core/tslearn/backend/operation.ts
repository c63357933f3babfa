import type { ArrayLike } from '../../input/arrays/array-like.ts';
import type { DtypeOptions, NormOptions, ReduceOptions, SizeOptions, ToleranceOptions } from './options.ts';

/** An operation on each element: a number for a number, an array for an array. */
export interface Elementwise<A, S, O = object> {
  (x: number, options?: O): S;
  (x: Exclude<ArrayLike, number>, options?: O): A;
  (x: ArrayLike, options?: O): A | S;
}

/** The options of a reduction over all elements to a scalar. */
export interface WholeOptions {
  readonly axis?: null | undefined;
  readonly keepdims?: false | undefined;
}

/** An operation over all elements, to a scalar, or along axes, to an array. */
export interface OverAxes<A, S, O = ReduceOptions> {
  (x: ArrayLike, options?: WholeOptions): S;
  (x: ArrayLike, options: O): A;
}

/** Linear algebra. */
export interface Linalg<A, S> {
  /** The inverse of square matrices (..., n, n). @throws RangeError for a singular or non-square one */
  inv(x: ArrayLike): A;
  /** A norm of vectors or matrices; by default the root of the sum of squares. */
  readonly norm: OverAxes<A, S, NormOptions>;
}

/** Random numbers. numpy-ts's stream is the same in every process until its `random.seed` is called. */
export interface Random<A, S> {
  /** Uniform in [0, 1), one number without a shape. */
  rand(...shape: number[]): A | S;
  /** Standard normal, one number without a shape. */
  randn(...shape: number[]): A | S;
  /** Integers in [low, high), or [0, low) without `high`; int32. */
  randint(low: number, high?: number | null, options?: SizeOptions & DtypeOptions): A | S;
  normal(options?: { readonly loc?: number; readonly scale?: number } & SizeOptions): A | S;
  uniform(options?: { readonly low?: number; readonly high?: number } & SizeOptions & DtypeOptions): A | S;
}

/** Assertions that throw node:assert's AssertionError. */
export interface Testing {
  /** Shapes equal (or one a scalar) and |actual - desired| <= atol + rtol |desired| everywhere; NaN equals NaN. */
  assertAllclose(actual: ArrayLike, desired: ArrayLike, options?: ToleranceOptions): void;
  /** Arrays: equal shapes (or one a scalar) and elements; anything else: deeply equal. NaN equals NaN. */
  assertEqual(actual: unknown, desired: unknown): void;
}
