import type { CrossRow } from '../engines/engine.ts';

/** Pairs of a matrix that are computed, counted row by row; of a mirrored matrix those right of the diagonal, and on it unless `skip` is 1. */
export interface PairOrder {
  readonly rows: number;
  readonly columns: number;
  readonly mirrored: boolean;
  /** How many pairs of each row of a mirrored matrix are known: 1 where the diagonal is 0. */
  readonly skip: 0 | 1;
}

/** The first column of row k that is computed. */
export const firstColumn = ({ mirrored, skip }: PairOrder, k: number): number => (mirrored ? k + skip : 0);

/** How many pairs come before row k. */
export const pairsBefore = ({ columns, mirrored, skip }: PairOrder, k: number): number =>
  mirrored ? k * (columns - skip) - (k * (k - 1)) / 2 : k * columns;

/** The number of pairs that are computed. */
export const pairCount = (order: PairOrder): number => pairsBefore(order, order.rows);

/** How many rows are complete once all pairs before `to` are done. */
export function completeRows(order: PairOrder, to: number): number {
  const { rows, columns, mirrored, skip } = order;
  if (!mirrored) return Math.floor(to / columns);
  // k (columns - skip) - k (k - 1) / 2 = to, solved for k; rounding may be off by a row.
  const width = columns - skip + 0.5;
  let k = Math.max(0, Math.min(rows, Math.floor(width - Math.sqrt(Math.max(0, width * width - 2 * to)))));
  while (k > 0 && pairsBefore(order, k) > to) k--;
  while (k < rows && pairsBefore(order, k + 1) <= to) k++;
  return k;
}

/** The pairs from..to - 1 by rows. */
export function rowsOf(order: PairOrder, from: number, to: number): CrossRow[] {
  const rows: CrossRow[] = [];
  for (let k = completeRows(order, from), at = from; k < order.rows && at < to; k++) {
    const start = firstColumn(order, k) - pairsBefore(order, k);
    const end = Math.min(to, pairsBefore(order, k + 1));
    if (end > at) rows.push({ k, from: start + at, to: start + end });
    at = end;
  }
  return rows;
}
