import type { LengthGroups } from '../input/length-groups.ts';
import { firstColumn, type PairOrder, pairsBefore } from './pair-order.ts';

/** A range of work: of pairs in their order, or of queries. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * Splits the pairs of a matrix into ranges of about `cells` cells each: of no more than one pair above it. Takes time for the rows, the columns
 * and the pieces, not for each pair.
 *
 * @param cost what a pair of n and m steps costs, in cells
 */
export function piecesOfPairs(
  order: PairOrder,
  first: LengthGroups,
  second: LengthGroups,
  cost: (n: number, m: number) => number,
  cells: number,
): Piece[] {
  const cut: Piece[] = [];
  const sums: Float64Array[] = [];
  let from = 0;
  let load = 0;
  for (let k = 0; k < order.rows; k++) {
    const group = first.of[k];
    sums[group] ??= runningCost(first.n[group], second, cost);
    const sum = sums[group];
    const before = pairsBefore(order, k);
    for (let column = firstColumn(order, k); column < order.columns; ) {
      const end = columnAt(sum, sum[column] + cells - load, column);
      load += sum[end] - sum[column];
      column = end;
      if (load < cells) continue;
      const to = before + column - firstColumn(order, k);
      cut.push({ from, to });
      from = to;
      load = 0;
    }
  }
  const all = pairsBefore(order, order.rows);
  if (all > from) cut.push({ from, to: all });
  return cut;
}

/** What the columns before each one cost with a series of n steps. */
function runningCost(
  n: number,
  { of, n: lengths }: LengthGroups,
  cost: (n: number, m: number) => number,
): Float64Array {
  const each = lengths.map((m) => cost(n, m));
  const sum = new Float64Array(of.length + 1);
  for (let l = 0; l < of.length; l++) sum[l + 1] = sum[l] + each[of[l]];
  return sum;
}

/** The first column behind `from` at which the running cost is not below `cells`, or the end. */
function columnAt(sum: Float64Array, cells: number, from: number): number {
  let low = from + 1;
  let high = sum.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sum[middle] >= cells) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Splits queries into ranges of about `cells` cells each, by what each of them costs. */
export function piecesOfQueries({ of }: LengthGroups, each: readonly number[], cells: number): Piece[] {
  const cut: Piece[] = [];
  let from = 0;
  let load = 0;
  for (const [q, group] of of.entries()) {
    load += each[group];
    if (load < cells && q + 1 < of.length) continue;
    cut.push({ from, to: q + 1 });
    from = q + 1;
    load = 0;
  }
  return cut;
}
