import { requireFinite } from '../../engines/solve.ts';
import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import { type Band, type Kernel, kernelFor, type Poll, type Recurrence } from '../../kernels/index.ts';
import { type Factor, PAIR, type Price } from '../../metric/price.ts';
import { pairs } from '../present.ts';
import { bandedMatches } from './banded-ends.ts';
import { type Ends, freeMatches } from './ends.ts';

/** Steps start..end of the series, both inclusive, and the distance of the query to them. */
export interface Match {
  start: number;
  end: number;
  value: number;
  /** Pairs of a query step and a series step, starting at [0, start]. */
  path?: [number, number][];
}

/** What to look for. */
export interface SubsequenceProblem {
  readonly query: Series;
  readonly series: Series;
  readonly k: number;
  /** Absent: a match may have any length. */
  readonly radius: number | undefined;
  readonly wanted: { readonly path?: boolean };
}

/** The cells of the table: of one, or with a radius of one for each start. And those of the matches after the first. */
export function subsequencePrice({ query, series, k, radius, wanted }: SubsequenceProblem): Price {
  const { n, d } = query;
  const m = series.n;
  const banded = isBanded(radius, query, series);
  const width = banded ? Math.min(2 * radius + 1, m) : 1;
  const shortest = banded ? Math.max(1, n - radius) : 1;
  const matches = Math.min(k, Math.ceil(m / shortest));
  // What ends behind a match and began in it is looked for again: most often steps of about twice the query's length.
  const again = n * width * Math.min(m, banded ? n + width : 2 * n);
  const visited = n * width * m + (matches - 1) * again;
  const cell: Factor =
    banded || d > 1 ? { times: 4 + 1.5 * d, of: 'a cell in plain loops' } : { times: 1.5, of: 'a cell' };
  const path = wanted.path ? matches * n * Math.min(2 * n, m) : 0;
  const each = banded ? `, ${width} for each start within the radius,` : '';
  return {
    cells: Math.ceil(visited * cell.times + matches * m + path + 20 * (n + m) * d + PAIR),
    factors: [{ times: visited, of: `cells visited for ${n} x ${m} steps${each} and ${matches} matches` }, cell],
    numbers: matches * (3 + (wanted.path ? 2 * (n + Math.min(n, m)) : 0)),
    bytes: 0,
  };
}

/** Whether the radius excludes any match. */
const isBanded = (radius: number | undefined, query: Series, series: Series): radius is number =>
  radius !== undefined && radius < Math.max(query.n, series.n) - 1;

/**
 * The best match, then the best of those that share no step of the series with it, and so on: at most k. Ties go to the match that ends
 * first.
 *
 * @throws InvalidInput if the radius leaves no match, or a value is out of range
 */
export function findMatches(problem: SubsequenceProblem, poll: Poll): Match[] {
  const { query, series, k, radius, wanted } = problem;
  const m = series.n;
  requireRoom(problem);
  const find = isBanded(radius, query, series) ? bandedMatches(query, series, radius) : freeMatches(query, series);
  const ends = { cost: new Float64Array(m).fill(Infinity), start: new Int32Array(m) };
  find(0, 0, m - 1, ends, poll);
  const taken = new Uint8Array(m);
  const found: Match[] = [];
  while (found.length < k) {
    poll();
    const end = bestEnd(ends);
    if (end < 0) break;
    const start = ends.start[end];
    const value = Math.sqrt(ends.cost[end]);
    const match: Match = { start, end, value };
    if (wanted.path) match.path = pathOf(problem, start, end, poll);
    found.push(match);
    taken.fill(1, start, end + 1);
    ends.cost.fill(Infinity, start, end + 1);
    // Matches that end after this one may have begun in it: search for them again, after it. Those that end before it stay.
    const to = lastFromBefore(ends, taken, end);
    if (to <= end) continue;
    ends.cost.fill(Infinity, end + 1, to + 1);
    find(end + 1, end + 1, to, ends, poll);
  }
  if (found.length === 0) requireFinite({ value: Infinity }, 'float64');
  return found;
}

/** @throws InvalidInput if the whole series is too short for the radius */
function requireRoom({ query, series, radius }: SubsequenceProblem): void {
  const least = query.n - series.n;
  if (radius === undefined || radius >= least) return;
  throw new InvalidInput(
    `sakoe_chiba_radius ${radius} is infeasible: a match needs at least ${query.n} - ${radius} steps, but the series has ${series.n}; the smallest feasible radius is ${least}`,
    ['sakoe_chiba_radius'],
    'infeasible_constraint',
  );
}

/** The index of the first smallest value; -1 if none is left. */
function bestEnd({ cost }: Ends): number {
  let best = -1;
  let least = Infinity;
  for (let end = 0; end < cost.length; end++) {
    if (cost[end] < least) {
      least = cost[end];
      best = end;
    }
  }
  return best;
}

/** The last end, among the free steps after a match, whose own match begins in it or before it. */
function lastFromBefore({ start }: Ends, taken: Uint8Array, end: number): number {
  let last = end;
  for (let at = end + 1; at < taken.length && taken[at] === 0; at++) if (start[at] <= end) last = at;
  return last;
}

const squaredCosts: Recurrence = { moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' };

/** The path of a match is that of dtw between the query and the steps it covers, including ties. */
function pathOf(
  { query, series, radius }: SubsequenceProblem,
  start: number,
  end: number,
  poll: Poll,
): [number, number][] {
  const { n, d } = query;
  const m = end - start + 1;
  const pair = { s1: query.data, s2: series.data.subarray(start * d, (end + 1) * d), n, m, d };
  // A minimum has a path.
  const kernel = kernelFor(squaredCosts, d) as Required<Kernel>;
  const band = isBanded(radius, query, series) ? bandOf(n, m, radius) : undefined;
  const { path } = kernel.path(pair, band, poll);
  for (let at = 1; at < path.length; at += 2) path[at] += start;
  return pairs(path);
}

const bandOf = (n: number, m: number, radius: number): Band => ({
  lo: Int32Array.from({ length: n }, (_, i) => Math.max(0, i - radius)),
  hi: Int32Array.from({ length: n }, (_, i) => Math.min(m - 1, i + radius)),
});
