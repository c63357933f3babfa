import type { Series } from '../../input/series.ts';
import type { Poll } from '../../kernels/index.ts';
import type { Ends, MatchEnds } from './ends.ts';

/** Cells times values of a step between two polls: about a millisecond. */
const POLL_CELLS = 300_000;

/**
 * Matches under dtw with a radius measured from the start of the match: step i of the query may meet steps start + i - radius to
 * start + i + radius. So each start has a table of its own, n x (2 radius + 1). Of equal matches that end at the same step, the shortest wins.
 */
export function bandedMatches(query: Series, series: Series, radius: number): MatchEnds {
  const { n, d } = query;
  const width = 2 * radius + 1;
  // R[i, start + i - radius + k] is at k, with Infinity after the last one. Rows replace each other in place: the diagonal is at k, up at k + 1.
  const row = new Float64Array(width + 1);
  return (first, from, to, ends, poll) => {
    for (let start = Math.max(first, from - (n - 1) - radius); start <= to; start++) {
      poll();
      fill(query.data, series.data, n, d, start, to, radius, row, poll);
      takeEnds(row, start + n - 1 - radius, Math.max(from, start), to, start, ends);
    }
  };
}

/** The last row of the table of matches that start at `start` and end at `to` or before. */
function fill(
  x: Float64Array,
  y: Float64Array,
  n: number,
  d: number,
  start: number,
  to: number,
  radius: number,
  row: Float64Array,
  poll: Poll,
): void {
  const width = 2 * radius + 1;
  const pollEvery = Math.ceil(POLL_CELLS / (Math.min(width, to - start + 1) * d));
  row.fill(Infinity);
  for (let i = 0; i < n; i++) {
    if (i % pollEvery === 0) poll();
    const offset = start + i - radius;
    const low = Math.max(0, start - offset);
    const high = Math.min(width - 1, to - offset);
    let left = Infinity;
    for (let k = 0; k < low; k++) row[k] = Infinity;
    for (let k = low; k <= high; k++) {
      let cost = 0;
      for (let channel = 0, a = i * d, b = (offset + k) * d; channel < d; channel++, a++, b++)
        cost += (x[a] - y[b]) ** 2;
      const best = i === 0 && offset + k === start ? 0 : Math.min(row[k], row[k + 1], left);
      left = best + cost;
      row[k] = left;
    }
    for (let k = Math.max(0, high + 1); k < width; k++) row[k] = Infinity;
  }
}

/** Keeps for each end what is at least as good as what was found from earlier starts. */
function takeEnds(
  row: Float64Array,
  offset: number,
  from: number,
  to: number,
  begin: number,
  { cost, start }: Ends,
): void {
  for (let end = Math.max(from, offset); end <= Math.min(to, offset + row.length - 2); end++) {
    if (row[end - offset] === Infinity || row[end - offset] > cost[end]) continue;
    cost[end] = row[end - offset];
    start[end] = begin;
  }
}
