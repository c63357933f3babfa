import { cdist } from '../../src/core/index.ts';
import type { Measure } from './measures.ts';
import { deviationOf, type Part, type Problem } from './problem.ts';

/** How well a measure did: the fraction of test series whose nearest training series has their label, and the setting it chose. */
export interface Outcome {
  readonly accuracy: number;
  readonly params: Record<string, unknown>;
}

/** The values between all series of two lists, or of one with itself. */
export type Matrix = (
  first: Part['series'],
  second: Part['series'] | undefined,
  params: Record<string, unknown>,
) => number[][];

/** Chooses a measure's setting by leave-one-out on the training series (the first of equally good ones), then classifies the test series. */
export function classify(
  { grid: gridOf, similarity = false, ...measure }: Measure,
  { train, test }: Problem,
  matrix: Matrix = ours(measure),
): Outcome {
  const grid = gridOf((train.series[0] as number[]).length, deviationOf(train));
  const rightly = (rows: number[][], labels: readonly string[], leftOut: boolean) =>
    rows.filter((row, i) => vote(similarity ? row.map((x) => -x) : row, train.labels, leftOut ? i : -1) === labels[i])
      .length;
  let params = grid[0] as Record<string, unknown>;
  if (grid.length > 1) {
    const rights = grid.map((setting) => rightly(matrix(train.series, undefined, setting), train.labels, true));
    params = grid[rights.indexOf(Math.max(...rights))] as Record<string, unknown>;
  }
  return {
    accuracy: rightly(matrix(test.series, train.series, params), test.labels, false) / test.labels.length,
    params,
  };
}

const ours =
  ({ metric }: Pick<Measure, 'metric'>): Matrix =>
  (first, second, params) =>
    cdist(metric, first, second, params).matrix;

/** The label of the nearest; if several are equally near, the most frequent label among them. */
function vote(row: readonly number[], labels: readonly string[], leftOut: number): string {
  const least = row.reduce((min, value, j) => (j === leftOut ? min : Math.min(min, value)), Number.POSITIVE_INFINITY);
  const votes = new Map<string, number>();
  row.forEach((value, j) => {
    const label = labels[j] as string;
    if (j !== leftOut && value === least) votes.set(label, (votes.get(label) ?? 0) + 1);
  });
  const [winner] = [...votes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] as [string, number];
  return winner;
}
