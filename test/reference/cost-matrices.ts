import assert from 'node:assert/strict';
import { closeTo, type Numbers } from '../support/close-to.ts';
import type { Expected, FixtureCase } from '../support/read-fixtures.ts';

// No operation returns a matrix of accumulated costs, but a matrix between all prefixes of two series is one.

type Args = FixtureCase['args'];
type Matrix = number[][];

/** The body whose answer has the cells: all prefixes, from those that are long enough for a derivative on. */
export function prefixBody({ s1, s2, ...params }: Args, { value }: Expected): Record<string, unknown> {
  const shortest = Math.max(1, (s1 as unknown[]).length - (value as Matrix).length + 1);
  const prefixes = (series: unknown[]) =>
    series.map((_, i) => series.slice(0, i + 1)).slice(series.length >= shortest ? shortest - 1 : 0);
  return { dataset1: prefixes(s1 as unknown[]), dataset2: prefixes(s2 as unknown[]), ...params };
}

/**
 * tslearn's `subsequence_path` as a question to dtw: the costs that were accumulated, as far as the path ends, below a row of zeros, along which
 * a path comes to its beginning for nothing.
 */
export function subsequenceBody(accumulated: unknown, end: unknown): Record<string, unknown> {
  const table = accumulated as Matrix;
  const before = (i: number, j: number) => (i < 0 ? 0 : (table[i]?.[j] ?? Infinity));
  const costs = table.map((row, i) =>
    row
      .slice(0, (end as number) + 1)
      .map((cell, j) => Math.max(0, cell - Math.min(before(i - 1, j - 1), before(i - 1, j), before(i, j - 1)))),
  );
  return { s1: [costs[0]?.map(() => 0), ...costs], metric: 'precomputed' };
}

/** What a cell is, of the value between the prefixes of i + 1 and j + 1 steps. */
const cellOf: Readonly<Record<string, (value: number, i: number, j: number) => number>> = {
  dtw: (value) => value ** 2,
  frechet: (value) => value ** 2,
  edr: (value, i, j) => value * Math.max(i + 1, j + 1),
  lcss: (value, i, j) => value * Math.min(i + 1, j + 1),
};

/** Their weights depend on how long the whole series are, so that only the last cell is a value. */
const ofWholeSeries = ['wdtw', 'wddtw'];

/** Holds a matrix between prefixes to the matrix of accumulated costs. */
export function assertAccumulated(metric: string, { matrix }: { matrix: Matrix }, expected: Matrix, args: Args): void {
  // aeon's of lcss has a border.
  const [n, m] = [matrix.length, (matrix[0] as number[]).length];
  const cells = expected.slice(-n).map((row) => row.slice(-m));
  assert.deepEqual([cells.length, cells[0]?.length], [n, m]);
  const comparable = (i: number, j: number) => {
    if (ofWholeSeries.includes(metric)) return i === n - 1 && j === m - 1;
    // The band between unequal prefixes is wider than that between the series, where these are equally long.
    return args.sakoe_chiba_radius === undefined || i === j;
  };
  const found = matrix.map((row, i) => row.map((value, j) => cellOf[metric]?.(value, i, j) ?? value));
  const pick = (from: Matrix): Numbers => from.map((row, i) => row.map((value, j) => (comparable(i, j) ? value : 0)));
  closeTo(pick(found), pick(cells), { relative: 1e-9, absolute: 1e-12 }, 'cells');
}
