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
 * The 65 names that tslearn's backends share, with NumPy's meaning; NumPy's keyword arguments are one last object.
 *
 * `A` is the backend's array, `S` what a number and `B` what a truth value comes out as. An operation on a bare number
 * and a reduction without `axis` answer `S` or `B`; with `axis` always `A`, without dimensions if none is left.
 */
export interface ArrayBackend<A, S, B> extends Readonly<typeof dtypes>, Readonly<typeof constants> {
  readonly backend_string: BackendName;
  readonly linalg: Linalg<A, S>;
  readonly random: Random<A, S>;
  readonly testing: Testing;

  /** A new array. @throws RangeError for a dtype that the backend lacks, a ragged list, or what is not a number */
  array(data: ArrayLike, options?: DtypeOptions): A;
  /** Like `array`, but an array that fits already is returned as it is. */
  asarray(data: ArrayLike, options?: DtypeOptions): A;
  /** `arange(stop)`, `arange(start, stop)`, `arange(start, stop, step)`: half-open, then options. */
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
  /** To the nearest even where two are near. */
  readonly round: Elementwise<A, S, DecimalsOptions>;
  readonly sqrt: Elementwise<A, S>;
  readonly sum: OverAxes<A, S, ReduceOptions>;

  /** Distances (n, m) between the rows of (n, d) and (m, d). @throws RangeError for an unknown metric */
  cdist(xa: ArrayLike, xb: ArrayLike, options?: DistanceOptions<A>): A;
  /** Distances between the rows i < j of (n, d), in the order (0, 1), (0, 2), ..., (n-2, n-1). */
  pdist(x: ArrayLike, options?: DistanceOptions<A>): A;
  /** `cdist` where the second dataset may be left out: x with itself. */
  pairwise_distances(x: ArrayLike, y?: ArrayLike | null, options?: PairwiseOptions<A> & MinkowskiOptions): A;
  pairwise_euclidean_distances(x: ArrayLike, y?: ArrayLike | null): A;

  /** Whether a result is this backend's: its array, or what it answers for a scalar. */
  belongs_to_backend(x: unknown): boolean;
  is_array(x: unknown): boolean;
  /** A JavaScript number counts as a float64. */
  is_float(x: unknown): boolean;
  is_float32(x: unknown): boolean;
  is_float64(x: unknown): boolean;
}
