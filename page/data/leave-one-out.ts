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
    const others = Array.from({ length: n }, (_, column) => column).filter((column) => column !== row);
    const at = (column: number) => values[row * n + column] * (similarity ? -1 : 1);
    const nearest = others.toSorted((a, b) => at(a) - at(b) || a - b).slice(0, k);
    const votes = Map.groupBy(nearest, (column) => labels[column] as string);
    // Groups come in the order of their nearest member, so the first of the largest is the nearest of them.
    return [...votes].reduce((best, next) => (next[1].length > best[1].length ? next : best))[0];
  });
  return { right: given.filter((label, row) => label === labels[row]).length, of: n, given };
}
