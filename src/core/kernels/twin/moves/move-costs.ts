import type { Pair } from '../../types.ts';

/** One number for each of the three moves into the cells of a row: index j is for cell (i, j). */
export interface MoveRow {
  readonly diagonal: Float64Array;
  readonly up: Float64Array;
  readonly left: Float64Array;
}

/** R[i,-1] for each i and R[-1,j] for each j, or the shares that flow out there. */
export interface Border {
  readonly left: Float64Array;
  readonly above: Float64Array;
}

/** The costs of the moves of a recurrence, a row at a time so that the inner loops contain no call. Made for one pair. */
export interface MoveCosts {
  /** Writes the cost of each move into cell (i, j) for lo <= j <= hi. */
  row(i: number, lo: number, hi: number, cost: MoveRow): void;
  /** Adds share * d cost / d s1 to grad1, and likewise for s2, over the moves into cells lo <= j <= hi. `share` may be overwritten. */
  adjoint(i: number, lo: number, hi: number, share: MoveRow, grad1: Float64Array, grad2: Float64Array): void;
  /** Adds the derivatives of all moves of a path, i, j, i, j, ... Absent: they depend on more than its cells, and are added move by move. */
  alongPath?(path: Int32Array, grad1: Float64Array, grad2: Float64Array): void;
  /** Adds the derivatives of what moves pay for steps of one series by themselves: each has the sum of its shares. Absent: nothing. */
  aloneAdjoint?(
    share: { readonly first: Float64Array; readonly second: Float64Array },
    grad1: Float64Array,
    grad2: Float64Array,
  ): void;
  /** Absent: Infinity. */
  readonly border?: Border;
  /** Adds share * d border / d s1 to grad1, and likewise for s2. */
  borderAdjoint?(share: Border, grad1: Float64Array, grad2: Float64Array): void;
}

/** The moves of one kind: their costs for any pair. */
export type MoveCostsOf = (pair: Pair) => MoveCosts;

/** Room for a row of m cells. */
export const moveRow = (m: number): MoveRow => ({
  diagonal: new Float64Array(m),
  up: new Float64Array(m),
  left: new Float64Array(m),
});
