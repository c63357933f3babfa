import type { Series } from '../../input/series.ts';
import { type Kernel, kernelFor, type Poll } from '../../kernels/index.ts';
import { channelFactor, PAIR } from '../../metric/price.ts';
import type { BandOf, Direct, Solution } from '../../metric/problem.ts';
import { offTape, squaredAlong, squaredAlongAdjoint, tensorAlong } from './along-path.ts';

/** dtw of the neighbourhood of each step, `reach` steps to either side; the value is the cost of its path in the series themselves. */
export function shapeDtwSolver(reach: number, bandOf: BandOf): Direct {
  const path = (s1: Series, s2: Series, poll: Poll): Int32Array => {
    const d = s1.d * (2 * reach + 1);
    const pair = { s1: surroundings(s1, reach, poll), s2: surroundings(s2, reach, poll), n: s1.n, m: s2.n, d };
    // A minimum has a path.
    const kernel = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, d);
    return (kernel as Required<Kernel>).path(pair, bandOf(s1.n, s2.n), poll).path;
  };
  return {
    cost(d, _e, _wanted, table) {
      const width = d * (2 * reach + 1);
      return {
        visited: table,
        factors: [
          { times: 1.5, of: 'a minimum with its path' },
          { ...channelFactor(width, 1.2, 0.3), of: `for ${width} values around each step (2 reach + 1 steps of ${d})` },
        ],
        step: 20 + 10 * width,
        pair: 3 * PAIR,
      };
    },
    solve(s1, s2, wanted, poll): Solution {
      const found = path(s1, s2, poll);
      return {
        value: found.length > 0 ? squaredAlong(s1, s2, found) : Infinity,
        ...(wanted.path && { path: found }),
        ...(wanted.grad && { gradient: squaredAlongAdjoint(s1, s2, found, 1) }),
      };
    },
    tensorValue: (s1, s2, poll) => tensorAlong(s1, s2, path(offTape(s1), offTape(s2), poll)),
    along: squaredAlong,
  };
}

/** Numbers copied between two polls: about a millisecond. */
const NUMBERS = 200_000;

/** For each step the 2 reach + 1 steps around it; beyond the ends the last ones are repeated (aeon's "identity" descriptor). */
function surroundings({ data, n, d }: Series, reach: number, poll: Poll): Float64Array {
  const width = 2 * reach + 1;
  const out = new Float64Array(n * width * d);
  const pollEvery = Math.ceil(NUMBERS / (width * d));
  for (let i = 0, at = 0; i < n; i++) {
    if (i % pollEvery === 0) poll();
    for (let k = i - reach; k <= i + reach; k++, at += d) {
      const from = Math.min(n - 1, Math.max(0, k)) * d;
      for (let c = 0; c < d; c++) out[at + c] = data[from + c];
    }
  }
  return out;
}
