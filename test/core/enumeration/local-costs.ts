// What two steps cost, by name, from the definitions.

/** A step: one number for each channel. */
export type Step = readonly number[];

const differences = (x: Step, y: Step): number[] => x.map((value, k) => value - y[k]);
const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

export const squared = (x: Step, y: Step): number => total(differences(x, y).map((value) => value ** 2));
export const euclidean = (x: Step, y: Step): number => Math.sqrt(squared(x, y));
export const manhattan = (x: Step, y: Step): number => total(differences(x, y).map(Math.abs));
export const chebyshev = (x: Step, y: Step): number => Math.max(...differences(x, y).map(Math.abs));

/** The local cost that the parameters `metric` and `p` name; `own` where they name none. */
export function localCost(
  { metric, p }: { metric?: string | null; p?: number | null },
  own: (x: Step, y: Step) => number,
): (x: Step, y: Step) => number {
  switch (metric ?? null) {
    case null:
      return own;
    case 'sqeuclidean':
      return squared;
    case 'euclidean':
      return euclidean;
    case 'cityblock':
      return manhattan;
    case 'chebyshev':
      return chebyshev;
    case 'minkowski':
      return (x, y) => total(differences(x, y).map((value) => Math.abs(value) ** (p ?? 2))) ** (1 / (p ?? 2));
    case 'cosine':
      return cosine;
    default:
      throw new Error(`no local cost "${metric}": add it to test/core/enumeration/local-costs.ts`);
  }
}

/** 1 - the cosine of the angle; a step of zeros equals another one and differs from all others. */
function cosine(x: Step, y: Step): number {
  const norms = Math.hypot(...x) * Math.hypot(...y);
  if (norms === 0) return Math.hypot(...x) === Math.hypot(...y) ? 0 : 1;
  return Math.max(0, 1 - total(x.map((value, k) => value * y[k])) / norms);
}
