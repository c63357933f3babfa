import { Problem } from '../http/errors.ts';
import type { Plan } from './operation.ts';

/** Writing a number of an answer takes about as long as so many cells, and a place in memory. */
const CELLS_PER_NUMBER = 100;

/** Cost is known before work starts: refuses what has more cells than the limit. A matrix of very short series is all answer. */
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
