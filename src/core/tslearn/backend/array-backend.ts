import type { ArrayLike, NumpyArray } from '../../input/arrays/array-like.ts';
import type { BackendName } from '../../input/arrays/backend-of.ts';
import type { constants, Dtype, dtypes } from '../../input/arrays/dtype.ts';
import type { Elementwise, Linalg, OverAxes, Random, Testing } from './operation.ts';
import type {
  ArangeArguments,
  AxisOptions,
  DecimalsOptions,
  DiagonalOptions,
  DistanceOptions,
  DtypeOptions,
  EyeOptions,
  MinkowskiOptions,
  PairwiseOptions,
  ReduceOptions,
  Shape,
  TriIndicesOptions,
} from './options.ts';

/**
 * The 65 names that tslearn's backends share, with NumPy's semantics; NumPy's keyword arguments become a final options object.
 *
 * `A` is the backend's array, `S` the type of a number result and `B` of a boolean result. An operation on a bare number
 * and a reduction without `axis` return `S` or `B`; with `axis` always `A`, without dimensions if none is left.
 */
export interface ArrayBackend<A, S, B> extends Readonly<typeof dtypes>, Readonly<typeof constants> {
  readonly backend_string: BackendName;
  readonly linalg: Linalg<A, S>;
  readonly random: Random<A, S>;
  readonly testing: Testing;

  /** A new array. @throws RangeError for a dtype that the backend lacks, a ragged list, or what is not a number */
  array(data: ArrayLike, options?: DtypeOptions): A;
  /** Like `array`, but an array that already fits is returned as it is. */
  asarray(data: ArrayLike, options?: DtypeOptions): A;
  /** `arange(stop)`, `arange(start, stop)`, `arange(start, stop, step)`: half-open, followed by options. */
  arange(...args: ArangeArguments): A;
  cast(x: ArrayLike, dtype: Dtype): A;
  copy(x: ArrayLike): A;
  /** A vector's diagonal matrix, or a matrix's diagonal. */
  diag(v: ArrayLike, options?: DiagonalOptions): A;
  empty(shape: Shape, options?: DtypeOptions): A;
  eye(n: number, options?: EyeOptions): A;
  from_numpy(x: ArrayLike): A;
  full(shape: Shape, fillValue: number, options?: DtypeOptions): A;
  hstack(arrays: readonly ArrayLike[]): A;
  reshape(x: ArrayLike, shape: Shape): A;
  shape(x: ArrayLike): number[];
  ndim(x: ArrayLike): number;
  to_numpy(x: ArrayLike): NumpyArray;
  tril(x: ArrayLike, options?: DiagonalOptions): A;
  /** Rows and columns (int32) of the lower triangle of an (n, m) matrix. */
  tril_indices(n: number, options?: TriIndicesOptions): [A, A];
  triu(x: ArrayLike, options?: DiagonalOptions): A;
  triu_indices(n: number, options?: TriIndicesOptions): [A, A];
  vstack(arrays: readonly ArrayLike[]): A;
  zeros(shape: Shape, options?: DtypeOptions): A;
  zeros_like(x: ArrayLike, options?: DtypeOptions): A;

  readonly abs: Elementwise<A, S>;
  readonly all: OverAxes<A, B>;
  readonly any: OverAxes<A, B>;
  readonly argmax: OverAxes<A, S, AxisOptions>;
  readonly argmin: OverAxes<A, S, AxisOptions>;
  readonly ceil: Elementwise<A, S>;
  readonly exp: Elementwise<A, S>;
  readonly floor: Elementwise<A, S>;
  readonly isfinite: Elementwise<A, B>;
  readonly isnan: Elementwise<A, B>;
  readonly iscomplex: Elementwise<A, B>;
  readonly log: Elementwise<A, S>;
  readonly max: OverAxes<A, S>;
  readonly mean: OverAxes<A, S>;
  readonly median: OverAxes<A, S>;
  readonly min: OverAxes<A, S>;
  /** Ties round to even. */
  readonly round: Elementwise<A, S, DecimalsOptions>;
  readonly sqrt: Elementwise<A, S>;
  readonly sum: OverAxes<A, S, ReduceOptions>;

  /** Distances (n, m) between the rows of (n, d) and (m, d). @throws RangeError for an unknown metric */
  cdist(xa: ArrayLike, xb: ArrayLike, options?: DistanceOptions<A>): A;
  /** Distances between the rows i < j of (n, d), in the order (0, 1), (0, 2), ..., (n-2, n-1). */
  pdist(x: ArrayLike, options?: DistanceOptions<A>): A;
  /** `cdist` with an optional second dataset; without it, x with itself. */
  pairwise_distances(x: ArrayLike, y?: ArrayLike | null, options?: PairwiseOptions<A> & MinkowskiOptions): A;
  pairwise_euclidean_distances(x: ArrayLike, y?: ArrayLike | null): A;

  /** Whether a result belongs to this backend: its array, or what it returns for a scalar. */
  belongs_to_backend(x: unknown): boolean;
  is_array(x: unknown): boolean;
  /** A JavaScript number counts as a float64. */
  is_float(x: unknown): boolean;
  is_float32(x: unknown): boolean;
  is_float64(x: unknown): boolean;
}
