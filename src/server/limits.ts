import { Problem } from './errors.ts';

/** Cost is known before work starts: refuses what has more cells than the limit. */
export function requireCells(cells: number, limit: number): void {
  if (cells <= limit) return;
  throw new Problem(
    'too_many_cells',
    `the request has ${cells} cells (n x m of every pair, times 40 where the whole table is kept), and the limit is ${limit}`,
  );
}
