import type { Matrix } from './one-nn.ts';

// ERP and TWE as the bake-off computed them: with squared differences where the papers, aeon and Warpserve have absolute ones.
// Plain loops over two rows, for two series of equal length; a few minutes for all problems.

type Distance = (x: readonly number[], y: readonly number[]) => number;

/** The measures whose published accuracies use squared differences, by name. */
export const squared: Readonly<Record<string, Matrix>> = {
  ERP_1NN: matrixOf(({ g, sakoe_chiba_radius }) => erp(g as number, sakoe_chiba_radius as number)),
  TWE_1NN: matrixOf(({ nu, lmbda }) => twe(nu as number, lmbda as number)),
};

/** Both are symmetric, so only half of the matrix of one list is computed. */
function matrixOf(distanceOf: (params: Record<string, unknown>) => Distance): Matrix {
  return (first, second, params) => {
    const distance = distanceOf(params);
    if (second) return first.map((x) => second.map((y) => distance(x, y)));
    const half = first.map((x, i) => first.slice(0, i).map((y) => distance(x, y)));
    return first.map((_, i) => first.map((_, j) => (i === j ? 0 : (half[Math.max(i, j)]?.[Math.min(i, j)] as number))));
  };
}

const erp = (g: number, radius: number): Distance =>
  sweep(
    radius,
    (x, y, i, j) => (at(x, i) - at(y, j)) ** 2,
    (x, i) => (at(x, i) - g) ** 2,
  );

const twe = (nu: number, lmbda: number): Distance =>
  sweep(
    Number.POSITIVE_INFINITY,
    (x, y, i, j) => {
      const match = (at(x, i) - at(y, j)) ** 2 + nu * Math.abs(i - j);
      return i > 1 && j > 1 ? match + (at(x, i - 1) - at(y, j - 1)) ** 2 + nu * Math.abs(i - j) : match;
    },
    (x, i, onBorder) => (at(x, i) - at(x, i - 1)) ** 2 + (onBorder ? 0 : nu + lmbda),
  );

/** Step i of a series, counted from 1; before it the series is 0. */
const at = (series: readonly number[], i: number): number => (i === 0 ? 0 : (series[i - 1] as number));

/** The cheapest path through the cells within a radius: `match` is paid on a diagonal step onto (i, j), `gap` on a step along one series. */
function sweep(
  radius: number,
  match: (x: readonly number[], y: readonly number[], i: number, j: number) => number,
  gap: (x: readonly number[], i: number, onBorder: boolean) => number,
): Distance {
  return (x, y) => {
    const n = x.length;
    let above = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    let row = new Float64Array(n + 1);
    for (let i = 0; i <= n; i++) {
      row.fill(Number.POSITIVE_INFINITY);
      for (let j = Math.max(0, i - radius); j <= Math.min(n, i + radius); j++) {
        let least = i + j === 0 ? 0 : Number.POSITIVE_INFINITY;
        if (i > 0 && j > 0) least = (above[j - 1] as number) + match(x, y, i, j);
        if (i > 0) least = Math.min(least, (above[j] as number) + gap(x, i, j === 0));
        if (j > 0) least = Math.min(least, (row[j - 1] as number) + gap(y, j, i === 0));
        row[j] = least;
      }
      [above, row] = [row, above];
    }
    return above[n] as number;
  };
}
