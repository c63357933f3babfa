import { isNumpyArray, isTensor } from '../../input/arrays/kinds.ts';

/** The distances that both backends know by name, as scipy.spatial.distance defines them. */
export const distanceNames = ['euclidean', 'sqeuclidean', 'cityblock', 'chebyshev', 'minkowski', 'cosine'] as const;

/** A distance's name. */
export type DistanceName = (typeof distanceNames)[number];

/** @throws RangeError for a name that is not a distance */
export function requireDistance(name: string): asserts name is DistanceName {
  if (!(distanceNames as readonly string[]).includes(name)) {
    throw new RangeError(`unknown metric ${JSON.stringify(name)}: use ${distanceNames.join(', ')} or a function`);
  }
}

/** @throws RangeError unless p is a positive order of a Minkowski distance */
export function requireOrder(p: number): number {
  if (!(p > 0)) throw new RangeError(`p must be positive, not ${p}`);
  return p;
}

/** @throws RangeError unless both are matrices with the same number of columns */
export function requireRows(xa: { shape: readonly number[] }, xb: { shape: readonly number[] }): void {
  for (const { shape } of [xa, xb]) {
    if (shape.length !== 2) throw new RangeError(`distances need rows of shape (n, d), not (${shape.join(', ')})`);
  }
  if (xa.shape[1] !== xb.shape[1]) {
    throw new RangeError(`rows must have the same length, not ${xa.shape[1]} and ${xb.shape[1]}`);
  }
}

/** @throws RangeError unless a distance function returned a number or an array */
export function requireDistanceValue<A>(value: number | A): number | A {
  if (typeof value === 'number' || isNumpyArray(value) || isTensor(value)) return value;
  throw new RangeError(`a metric function must return a number or an array without dimensions, not ${typeof value}`);
}

/** The pairs i < j of n rows as row and column indices, in condensed order. */
export function condensedPairs(n: number): { rows: number[]; columns: number[] } {
  const rows: number[] = [];
  const columns: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      rows.push(i);
      columns.push(j);
    }
  }
  return { rows, columns };
}
