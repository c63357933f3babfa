/** Two series of `n` and `m` steps of `d` values each: flat, row-major, time-major. */
export interface Pair {
  readonly s1: Float64Array;
  readonly s2: Float64Array;
  readonly n: number;
  readonly m: number;
  readonly d: number;
}

/** The cells a path may use: row i from column `lo[i]` to `hi[i]`, both inclusive. Neither ever decreases with i. */
export interface Band {
  readonly lo: Int32Array;
  readonly hi: Int32Array;
}

/** Called once per row; throws to stop the computation. */
export type Poll = () => void;

/** The cost of pairing step i of s1 with step j of s2. */
export type Local =
  | { readonly cost: 'sqeuclidean' | 'euclidean' | 'cityblock' | 'chebyshev' | 'cosine' }
  | { readonly cost: 'minkowski'; readonly p: number }
  /** s1 is the matrix of costs, n x m; s2 has no values. */
  | { readonly cost: 'precomputed' }
  /** -log of the global alignment kernel's local kernel g / (2 - g), g = exp(-||x - y||^2 / (2 sigma^2)). */
  | { readonly cost: 'gak'; readonly sigma: number };

/** The costs of the three moves into a cell: from (i-1,j-1), from (i-1,j) and from (i,j-1). */
export type Moves =
  /** All three cost local(i,j), and those that warp `penalty` more (adtw); weighted by 1 / (1 + exp(-g (|i-j| - max(n,m)/2))) (wdtw). */
  | { readonly kind: 'warp'; readonly local: Local; readonly penalty?: number; readonly g?: number }
  /** Euclidean; a skipped step costs its distance to g. The border holds the running sum of these. */
  | { readonly kind: 'erp'; readonly g: readonly number[] }
  /** 0 if no channel differs by more than epsilon, else 1; a skipped step costs 1. R[i,-1] = i + 1, R[-1,j] = j + 1. */
  | { readonly kind: 'edr'; readonly epsilon: number }
  /** Move, split and merge. `independent` (of one channel): |x - y|; else squared Euclidean. */
  | { readonly kind: 'msm'; readonly c: number; readonly independent: boolean }
  /** Euclidean with time stamps: stiffness nu, deletion penalty lmbda; both series start with a step of zeros. */
  | { readonly kind: 'twe'; readonly nu: number; readonly lmbda: number };

/** How the costs of the three moves into a cell are combined. `minimax`: the larger of the cell's cost and the best value that leads to it. */
export type Reduction = { readonly reduce: 'min' | 'minimax' } | { readonly reduce: 'softmin'; readonly gamma: number };

/**
 * R[i,j] = reduce(R[i-1,j-1] + diagonal(i,j), R[i-1,j] + up(i,j), R[i,j-1] + left(i,j)), with R[-1,-1] = 0 and, if the moves have
 * no border of their own, Infinity elsewhere outside. Ties go to the diagonal, then up (i-1), then left (j-1).
 */
export type Recurrence = { readonly moves: Moves } & Reduction;

/** When a computation may give up: once no path can be at or below `limit`. `rest[i]`: a lower bound on the cost of the steps of s1 from i on. */
export interface Within {
  readonly limit: number;
  readonly rest: Float64Array;
}

/** One recurrence, ready to run. Values are R[n-1,m-1], which is Infinity if the band contains no path. */
export interface Kernel {
  /** In O(m) memory. */
  value(pair: Pair, band: Band | undefined, poll: Poll): number;
  /** The same number, or Infinity if the computation was given up. */
  valueWithin?(pair: Pair, band: Band | undefined, within: Within, poll: Poll): number;
  /** An optimal path as i, j, i, j, ... to (n-1, m-1). Only if the reduction is a minimum. */
  path?(pair: Pair, band: Band | undefined, poll: Poll): { value: number; path: Int32Array };
  /**
   * d value / d s1 and d value / d s2, shaped like `pair.s1` and `pair.s2`. `constant`: the sum of v d value / d v over what moves cost whatever the series are
   * (adtw's penalty, msm's c, twe's nu and lmbda), if the kernel of a soft minimum finds it.
   */
  gradient(
    pair: Pair,
    band: Band | undefined,
    poll: Poll,
  ): { value: number; s1: Float64Array; s2: Float64Array; constant?: number };
  /** The weight of each cell in the (soft) alignment, n x m: d value / d (the cost paid there). */
  alignment(pair: Pair, band: Band | undefined, poll: Poll): { value: number; alignment: Float64Array };
}

/** One number for each move into each cell, n x m each, and for moves with a border R[i,-1] and R[-1,j]. Tables may be one and the same. */
export interface MoveTables {
  readonly diagonal: Float32Array;
  readonly up: Float32Array;
  readonly left: Float32Array;
  readonly border?: { readonly left: Float32Array; readonly above: Float32Array };
}
