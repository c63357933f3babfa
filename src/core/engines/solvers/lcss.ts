import type { Local, Pair, Poll } from '../../kernels/index.ts';
import { localCost } from '../../kernels/twin/local-costs.ts';
import type { BandOf, Direct } from '../../metric/problem.ts';

/**
 * The longest common subsequence (Vlachos, Gunopulos and Kollios, 2002): the most pairs (i, j) that go forward in both series, lie in
 * the band and cost no more than `eps`; over min(n, m). Cells outside the band count nothing, as in tslearn.
 */
export function lcssSolver(local: Local, eps: number, bandOf: BandOf): Direct {
  return {
    solve(s1, s2, wanted, poll) {
      const pair = { s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d };
      const counts = table(pair, local, eps, bandOf, poll, wanted.path === true);
      const value = counts.last / Math.min(pair.n, pair.m);
      return wanted.path ? { value, path: matches(pair, counts) } : { value };
    },
    along: ({ n }, { n: m }, path) => path.length / 2 / Math.min(n, m),
  };
}

interface Counts {
  readonly last: number;
  /** All counts with a border row and column of 0 in front, and which cells match; where they are not wanted, two rolling rows. */
  readonly table: Int32Array;
  readonly matched: Uint8Array;
}

function table(pair: Pair, local: Local, eps: number, bandOf: BandOf, poll: Poll, whole: boolean): Counts {
  const { n, m } = pair;
  const band = bandOf(n, m);
  const costs = localCost(local);
  const row = new Float64Array(m);
  const kept = whole ? n + 1 : 2;
  const counts = new Int32Array(kept * (m + 1));
  const matched = new Uint8Array(whole ? n * m : 0);
  for (let i = 0; i < n; i++) {
    poll();
    const lo = band ? band.lo[i] : 0;
    const hi = band ? band.hi[i] : m - 1;
    const above = (i % kept) * (m + 1);
    const here = ((i + 1) % kept) * (m + 1);
    costs.row(pair, i, lo, hi, row);
    counts.fill(0, here, here + m + 1);
    for (let j = lo; j <= hi; j++) {
      const match = row[j] <= eps;
      counts[here + j + 1] = match ? counts[above + j] + 1 : Math.max(counts[above + j + 1], counts[here + j]);
      if (match && whole) matched[i * m + j] = 1;
    }
  }
  return { last: counts[(n % kept) * (m + 1) + m], table: counts, matched };
}

/** The matched pairs, first to last: a match is taken where there is one, else up only for more than left has (tslearn). */
function matches({ n, m }: Pair, { table: counts, matched }: Counts): Int32Array {
  const reversed: number[] = [];
  let i = n;
  let j = m;
  // A cell that counts something is in the band, and so is the one its count comes from: the walk ends.
  while (counts[i * (m + 1) + j] > 0) {
    if (matched[(i - 1) * m + j - 1]) {
      i--;
      j--;
      reversed.push(j, i);
    } else if (counts[(i - 1) * (m + 1) + j] > counts[i * (m + 1) + j - 1]) i--;
    else j--;
  }
  return Int32Array.from(reversed.reverse());
}
