import type { Matrix } from './matrix.ts';

/** How well the k nearest others of each series tell its class. */
export interface LeaveOneOut {
  readonly right: number;
  readonly of: number;
  /** For each series, the class that its neighbours give. */
  readonly given: readonly string[];
}

/**
 * k-NN, each series left out once: the class that most of its k nearest others have; of equally many that of the nearest among them.
 * Nearest are the smallest values, or the largest of a similarity; ties go to the lower index, as in the service's `/neighbors`.
 *
 * @param matrix between all series
 * @param labels a class for each
 */
export function leaveOneOut(
  { rows: n, values }: Matrix,
  labels: readonly string[],
  k: number,
  similarity: boolean,
): LeaveOneOut {
  const given = labels.map((_, row) => {
    const nearest = nearestOf(row, k, n, (column) => values[row * n + column] * (similarity ? -1 : 1));
    const votes = Map.groupBy(nearest, (column) => labels[column] as string);
    // Groups come in the order of their nearest member, so the first of the largest is the nearest of them.
    return [...votes].reduce((best, next) => (next[1].length > best[1].length ? next : best))[0];
  });
  return { right: given.filter((label, row) => label === labels[row]).length, of: n, given };
}

/** The k others at which a value is smallest, the smallest first; of equal ones the lower index first. */
function nearestOf(row: number, k: number, n: number, at: (column: number) => number): number[] {
  const nearest: number[] = [];
  for (let column = 0; column < n; column++) {
    if (column === row) continue;
    const value = at(column);
    if (nearest.length === k && value >= at(nearest[k - 1] as number)) continue;
    let place = nearest.length;
    while (place > 0 && value < at(nearest[place - 1] as number)) place--;
    nearest.splice(place, 0, column);
    if (nearest.length > k) nearest.pop();
  }
  return nearest;
}
