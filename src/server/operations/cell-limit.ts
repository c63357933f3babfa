import { Problem } from '../http/errors.ts';
import type { Plan } from './operation.ts';

/** Writing a number of a response takes about as long as computing this many cells, and takes memory. */
const CELLS_PER_NUMBER = 100;

/** Rejects a request with more cells than the limit, before work starts. For a matrix of very short series, the response dominates the cost. */
export function requireCells(
  { cells, numbers = 0 }: Pick<Plan<unknown, unknown>, 'cells' | 'numbers'>,
  limit: number,
): void {
  const all = cells + CELLS_PER_NUMBER * numbers;
  if (all <= limit) return;
  throw new Problem(
    'too_many_cells',
    `the request has ${all} cells (n x m for every pair, times 40 if the whole table is kept, plus 100 for each number of a matrix), and the limit is ${limit}`,
  );
}
