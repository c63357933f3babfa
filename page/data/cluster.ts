import type { Matrix } from './matrix.ts';

/** A node of a dendrogram: the series below it, in drawing order, and the distance at which its parts merge. */
export interface Cluster {
  readonly members: readonly number[];
  readonly height: number;
  readonly parts?: readonly [Cluster, Cluster];
}

/**
 * Average linkage (UPGMA; Sokal and Michener, 1958) of the rows of a square matrix. For a matrix of similarities, the distance is
 * the difference from the largest one.
 */
export function cluster({ rows: n, values }: Matrix, similarity: boolean): Cluster {
  const distance = asDistances(values, n, similarity);
  const clusters: Cluster[] = Array.from({ length: n }, (_, k) => ({ members: [k], height: 0 }));
  /** The clusters that are left, by the row that stands for each in the table of distances. */
  const alive = Array.from({ length: n }, (_, k) => k);
  /** The nearest of the later ones, so that each merge looks at all rows once and at few of them twice. */
  const nearest = new Int32Array(n);
  const look = (row: number) => {
    let best = -1;
    for (const other of alive) {
      if (other > row && (best < 0 || (distance[row * n + other] as number) < (distance[row * n + best] as number)))
        best = other;
    }
    nearest[row] = best;
  };
  for (const row of alive) look(row);
  while (alive.length > 1) {
    let one = alive[0] as number;
    const toNearest = (row: number) =>
      (nearest[row] as number) < 0
        ? Number.POSITIVE_INFINITY
        : (distance[row * n + (nearest[row] as number)] as number);
    for (const row of alive) if (toNearest(row) < toNearest(one)) one = row;
    const other = nearest[one] as number;
    const [a, b] = [clusters[one] as Cluster, clusters[other] as Cluster];
    const height = distance[one * n + other] as number;
    clusters[one] = { members: [...a.members, ...b.members], height, parts: [a, b] };
    alive.splice(alive.indexOf(other), 1);
    const [p, q] = [a.members.length, b.members.length];
    for (const row of alive) {
      if (row === one) continue;
      const between = (p * (distance[one * n + row] as number) + q * (distance[other * n + row] as number)) / (p + q);
      distance[one * n + row] = between;
      distance[row * n + one] = between;
    }
    for (const row of alive) {
      const near = nearest[row] as number;
      if (row === one || near === one || near === other) look(row);
      else if (row < one && (distance[row * n + one] as number) < toNearest(row)) nearest[row] = one;
    }
  }
  return clusters[alive[0] as number] as Cluster;
}

/** Symmetric, with smaller values for nearer series. */
function asDistances(values: Float64Array, n: number, similarity: boolean): Float64Array {
  const most = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  return values.map((value, at) => {
    const mean = (value + values[(at % n) * n + Math.floor(at / n)]) / 2;
    return similarity ? most - mean : mean;
  });
}

/** The tree cut into the given number of groups, in drawing order. */
export function cut(tree: Cluster, count: number): Cluster[] {
  const groups = [tree];
  while (groups.length < count) {
    const tallest = groups.reduce((best, group) => (group.height > best.height || !best.parts ? group : best));
    if (!tallest.parts) break;
    groups.splice(groups.indexOf(tallest), 1, ...tallest.parts);
  }
  return groups;
}
