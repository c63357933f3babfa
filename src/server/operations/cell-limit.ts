import { Problem } from '../http/errors.ts';

/** Writing a number of an answer takes about as long as so many cells, and a place in memory. */
const CELLS_PER_NUMBER = 100;

/** The cost of computing so many cells for an answer of so many numbers: a matrix of very short series is all answer. */
export const withAnswer = (cells: number, numbers: number): number => cells + CELLS_PER_NUMBER * numbers;

/** Cost is known before work starts: refuses what has more cells than the limit. */
export function requireCells(cells: number, limit: number): void {
  if (cells <= limit) return;
  throw new Problem(
    'too_many_cells',
    `the request has ${cells} cells (n x m for every pair, times 40 if the whole table is kept, plus 100 for each number of a matrix), and the limit is ${limit}`,
  );
}
