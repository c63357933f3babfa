import { type Band, countsMatches, type Local, matchCounter, type Pair, type Poll } from '../../kernels/index.ts';
import { chunkOf } from '../../kernels/twin/chunk.ts';
import { localCost } from '../../kernels/twin/local-costs.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { BandOf, Direct, ManyDirect } from '../../metric/problem.ts';

/**
 * The longest common subsequence (Vlachos, Gunopulos and Kollios, 2002): the largest number of pairs (i, j) that go forward in both series, lie in
 * the band and cost no more than `eps`; over min(n, m). As in the paper, the band restricts pairs, not the cells between them. A value alone takes one lane of a batch,
 * which is still faster than the loops that keep what a path needs.
 */
export function lcssSolver(local: Local, eps: number, bandOf: BandOf): Direct {
  return {
    solve(s1, s2, wanted, poll) {
      const pair = { s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d };
      const band = bandOf(s1.n, s2.n);
      if (!wanted.path) {
        const count = matchCounter(local, eps, pair.d)?.pairs([s1], [s2], bandOf, poll)[0] ?? Number.NaN;
        if (!Number.isNaN(count)) return { value: count / Math.min(pair.n, pair.m) };
      }
      const counts = table(pair, local, eps, band, poll, wanted.path === true);
      const value = counts.last / Math.min(pair.n, pair.m);
      return wanted.path ? { value, path: matches(pair, counts, band) } : { value };
    },
    cost: (d, _e, { path }, table) => ({
      // For a path, every row of counts is kept as a whole, whatever the band.
      visited: path ? (n, m) => table(n, m) + KEPT * n * m : table,
      factors:
        !path && countsMatches(local, eps, d)
          ? [{ times: 2, of: 'a count' }, ...(d > 1 ? [channelFactor(d, 1.75, 0.25)] : [])]
          : [
              { times: 15, of: 'a count in plain loops' },
              ...(d > 1 ? [channelFactor(d, 13, local.cost === 'minkowski' ? 17 : 2)] : []),
            ],
      step: 10 + 2 * d,
      pair: PAIR,
      bytes: (n, m) => (path ? 5 * n * m : 0),
    }),
    get many(): ManyDirect {
      return {
        cells: (n, m) => n * m,
        likeLengths: false,
        layersOf: ({ data, n, d }) => [{ data, n, d }],
        batch: ({ d }) => matchCounter(local, eps, d),
        finish: (_params, { n }, { n: m }) => ({ divideBy: Math.min(n, m) }),
      };
    },
    along: ({ n }, { n: m }, path) => path.length / 2 / Math.min(n, m),
  };
}

/** What a count that is only kept takes, of one that is found. */
const KEPT = 0.2;

interface Counts {
  readonly last: number;
  /** If a path is wanted: all counts with a border row and column of 0 in front, and which cells match. */
  readonly table: Int32Array;
  readonly matched: Uint8Array;
}

/**
 * C[i,j], the largest number of pairs among the first i and j steps: C[i-1,j-1] + 1 if (i, j) is a pair, else max(C[i-1,j], C[i,j-1]). Both ends of the
 * band only move right. So to the left of a row's cells, C is that of the row above, and to the right, where no row above has a pair either, that of
 * its last cell: a single row, overwritten again and again, holds everything that the next one needs.
 */
function table(pair: Pair, local: Local, eps: number, band: Band | undefined, poll: Poll, whole: boolean): Counts {
  const { n, m } = pair;
  const costs = localCost(local);
  const cost = new Float64Array(m);
  const chunk = chunkOf(pair);
  const count = new Int32Array(m + 1);
  const table = new Int32Array(whole ? (n + 1) * (m + 1) : 0);
  const matched = new Uint8Array(whole ? n * m : 0);
  for (let i = 0, known = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    count.fill(count[known], known + 1, hi + 2);
    known = hi + 1;
    for (let j = lo, end = lo, diagonal = count[lo]; j <= hi; j++) {
      if (j === end) {
        end = Math.min(hi + 1, j + chunk);
        if (j > lo) poll();
        costs.row(pair, i, j, end - 1, cost);
      }
      const up = count[j + 1];
      const match = cost[j] <= eps;
      count[j + 1] = match ? diagonal + 1 : Math.max(up, count[j]);
      diagonal = up;
      if (match && whole) matched[i * m + j] = 1;
    }
    if (whole) table.set(count.fill(count[known], known + 1), (i + 1) * (m + 1));
  }
  return { last: count[m], table, matched };
}

/**
 * The pairs, first to last: a pair is taken if there is one, otherwise the walk goes left, and up only if that counts more or if left would leave
 * the band (tslearn).
 */
function matches({ n, m }: Pair, { table: counts, matched }: Counts, band: Band | undefined): Int32Array {
  const reversed: number[] = [];
  let i = n;
  let j = m;
  while (counts[i * (m + 1) + j] > 0) {
    if (matched[(i - 1) * m + j - 1]) {
      i--;
      j--;
      reversed.push(j, i);
    } else {
      const more = counts[(i - 1) * (m + 1) + j] - counts[i * (m + 1) + j - 1];
      const staysByUp = isInside(band, i - 2, j - 1) && !isInside(band, i - 1, j - 2);
      if (more > 0 || (more === 0 && staysByUp)) i--;
      else j--;
    }
  }
  return Int32Array.from(reversed.reverse());
}

const isInside = (band: Band | undefined, i: number, j: number): boolean =>
  i >= 0 && j >= 0 && (band === undefined || (band.lo[i] <= j && j <= band.hi[i]));
