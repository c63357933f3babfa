import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Dataset } from '../input/dataset.ts';
import { lengthGroups } from '../input/length-groups.ts';
import { keepsTable } from '../kernels/index.ts';
import { refusePrecomputed } from '../metric/local-metric.ts';
import type { Params } from '../metric/params.ts';
import type { Problem, Wanted } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';
import { bands } from './build-problem.ts';

/**
 * The cost of solving a pair, in cells: n x m, or forty times that if the whole table is kept in memory, as it is for an alignment,
 * on tfjs, and for paths and gradients of recurrences that have no sweep of their own.
 */
export function costInCells(problem: Problem, backend: BackendName, wanted: Wanted = {}): number {
  const { s1, s2 } = problem;
  if (problem.kind === 'direct') return problem.direct.cells?.(s1, s2) ?? s1.n * s2.n;
  const { recurrence, perChannel } = problem;
  const traced = wanted.grad === true || wanted.path === true;
  const wholeTable =
    backend === 'tfjs' || wanted.alignment === true || (traced && keepsTable(recurrence, perChannel ? 1 : s1.d));
  return s1.n * s2.n * (wholeTable ? 40 : 1);
}

/** The cost of the value of a pair, in cells: n x m, unless the metric says otherwise. */
export function cellsOf(record: MetricRecord, params: Params): (n: number, m: number, d: number) => number {
  refusePrecomputed(params);
  const cells = record.direct?.(params, bands(params)).cells;
  return cells ? (n, m, d) => cells({ n, d }, { n: m, d }) : (n, m) => n * m;
}

/** The cost of the values of all pairs of two datasets, in cells. */
export function crossCells(record: MetricRecord, params: Params, first: Dataset, second: Dataset): number {
  const cells = cellsOf(record, params);
  const [rows, columns] = [lengthGroups(first.lengths), lengthGroups(second.lengths)];
  let total = 0;
  for (const [a, n] of rows.n.entries()) {
    for (const [b, m] of columns.n.entries()) {
      total += (rows.count[a] as number) * (columns.count[b] as number) * cells(n, m, first.d);
    }
  }
  return total;
}
