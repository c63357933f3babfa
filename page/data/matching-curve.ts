/** More cells take longer than a moment. */
const MOST_CELLS = 2e7;

/**
 * For each step of a long series, the dtw of a query and the best part of the series that ends there: where it is low, the query occurs.
 * Infinity where nothing may end.
 *
 * @param query rows of d values
 * @param series rows of d values
 * @param radius step i of the query meets steps start + i - radius to start + i + radius, as in `/dtw/subsequence`; undefined: any
 * @returns undefined if it would take long
 */
export function matchingCurve(
  query: readonly (readonly number[])[],
  series: readonly (readonly number[])[],
  radius: number | undefined,
): Float64Array | undefined {
  const [n, m] = [query.length, series.length];
  // No match is longer than the series.
  const r = radius !== undefined && radius < m ? radius : undefined;
  if (n * m * (r === undefined ? 1 : 2 * r + 1) > MOST_CELLS) return undefined;
  const cost = (i: number, j: number) => {
    let sum = 0;
    for (const [c, value] of (query[i] as readonly number[]).entries())
      sum += (value - (series[j]?.[c] as number)) ** 2;
    return sum;
  };
  if (r === undefined) return lastRow(n, m, cost, () => [0, m - 1], true).map(Math.sqrt);
  const best = new Float64Array(m).fill(Number.POSITIVE_INFINITY);
  for (let start = 0; start < m; start++) {
    const width = Math.min(m - start, n + r);
    const band = (i: number): [number, number] => [Math.max(0, i - r), Math.min(width - 1, i + r)];
    const ends = lastRow(n, width, (i, j) => cost(i, start + j), band, false);
    const [low, high] = band(n - 1);
    for (let j = low; j <= high; j++) best[start + j] = Math.min(best[start + j] as number, ends[j] as number);
  }
  return best.map(Math.sqrt);
}

/** The last row of the table of dtw, in squared units; `anywhere`: a path may begin at any column, not only at the first. */
function lastRow(
  n: number,
  m: number,
  cost: (i: number, j: number) => number,
  band: (i: number) => readonly [number, number],
  anywhere: boolean,
): Float64Array {
  let [before, row] = [new Float64Array(m), new Float64Array(m)];
  for (let i = 0; i < n; i++) {
    row.fill(Number.POSITIVE_INFINITY);
    const [low, high] = band(i);
    for (let j = low; j <= high; j++) {
      const begins = i === 0 && (anywhere || j === 0);
      const diagonal = i > 0 && j > 0 ? (before[j - 1] as number) : Number.POSITIVE_INFINITY;
      const up = i > 0 ? (before[j] as number) : Number.POSITIVE_INFINITY;
      const left = j > 0 ? (row[j - 1] as number) : Number.POSITIVE_INFINITY;
      row[j] = cost(i, j) + (begins ? 0 : Math.min(diagonal, up, left));
    }
    [before, row] = [row, before];
  }
  return before;
}
