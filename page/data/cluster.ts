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
  let alive: Cluster[] = Array.from({ length: n }, (_, k) => ({ members: [k], height: 0 }));
  // Between clusters, under the first member of each.
  const at = (a: Cluster, b: Cluster) => first(a) * n + first(b);
  while (alive.length > 1) {
    let [one, other] = [alive[0] as Cluster, alive[1] as Cluster];
    for (const [k, a] of alive.entries()) {
      for (const b of alive.slice(k + 1)) if (distance[at(a, b)] < distance[at(one, other)]) [one, other] = [a, b];
    }
    const height = distance[at(one, other)];
    const joined: Cluster = { members: [...one.members, ...other.members], height, parts: [one, other] };
    const rest = alive.filter((each) => each !== one && each !== other);
    for (const each of rest) {
      const [p, q] = [one.members.length, other.members.length];
      const between = (p * distance[at(one, each)] + q * distance[at(other, each)]) / (p + q);
      distance[at(joined, each)] = between;
      distance[at(each, joined)] = between;
    }
    alive = [joined, ...rest];
  }
  return alive[0] as Cluster;
}

const first = ({ members }: Cluster): number => members[0];

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
