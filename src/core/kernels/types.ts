/** Two series of `n` and `m` steps of `d` values each: flat, row-major, time-major. */
export interface Pair {
  readonly s1: Float64Array;
  readonly s2: Float64Array;
  readonly n: number;
  readonly m: number;
  readonly d: number;
}

/** The cells a path may use: row i from column `lo[i]` to `hi[i]`, both inclusive. Neither ever falls as i grows. */
export interface Band {
  readonly lo: Int32Array;
  readonly hi: Int32Array;
}

/** Called once per row; throws to stop the computation. */
export type Poll = () => void;

/** What an alignment pays for pairing step i of s1 with step j of s2. */
export type LocalCostName = 'sqeuclidean';

/** How the costs of the three ways into a cell become one. */
export type Reduction = { readonly reduce: 'min' } | { readonly reduce: 'softmin'; readonly gamma: number };

/**
 * R[i,j] = cost(i,j) + reduce(R[i-1,j-1], R[i-1,j], R[i,j-1]), with R[-1,-1] = 0 and Infinity elsewhere outside.
 * Ties go to the diagonal, then up (i-1), then left (j-1).
 */
export type Recurrence = { readonly local: LocalCostName } & Reduction;

/** One recurrence, ready to run. Values are R[n-1,m-1]; it is Infinity when the band holds no path. */
export interface Kernel {
  /** In O(m) memory. */
  value(pair: Pair, band: Band | undefined, poll: Poll): number;
  /** An optimal path as i, j, i, j, ... from (0, 0) to (n-1, m-1). Only where the reduction is a minimum. */
  path?(pair: Pair, band: Band | undefined, poll: Poll): { value: number; path: Int32Array };
  /** d value / d s1 and d value / d s2, shaped like `pair.s1` and `pair.s2`. */
  gradient(pair: Pair, band: Band | undefined, poll: Poll): { value: number; s1: Float64Array; s2: Float64Array };
  /** d value / d cost, n x m: the share of each cell in the (soft) alignment. */
  alignment(pair: Pair, band: Band | undefined, poll: Poll): { value: number; alignment: Float64Array };
}
