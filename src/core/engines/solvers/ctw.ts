import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import { type Kernel, kernelFor, type Poll } from '../../kernels/index.ts';
import { PAIR } from '../../metric/price.ts';
import type { BandOf, Direct } from '../../metric/problem.ts';
import { canonicalMaps } from './canonical.ts';
import type { Rows } from './svd.ts';

interface Options {
  readonly max_iter: number;
  readonly n_components: number | null;
}

/**
 * Canonical time warping (Zhou and De la Torre, 2009): dtw, then canonical correlation analysis of the steps that its path pairs, then dtw of
 * the scores, and so on until the path no longer changes; value and path are those of the last dtw.
 */
export function ctwSolver({ max_iter, n_components }: Options, bandOf: BandOf): Direct {
  return {
    solve(s1, s2, wanted, poll) {
      const most = Math.min(s1.d, s2.d);
      const components = n_components ?? most;
      if (components > most) {
        const message = `n_components is ${components}, but a step has only ${most} value${most === 1 ? '' : 's'}`;
        throw new InvalidInput(message, ['n_components'], 'unfit_parameter');
      }
      let found = align(firstColumns(s1, components), firstColumns(s2, components), bandOf, poll);
      for (let iteration = 1; iteration < max_iter; iteration++) {
        const [toX, toY] = canonicalMaps(paired(s1, found.path, 0), paired(s2, found.path, 1), components, poll);
        const next = align(toX(s1), toY(s2), bandOf, poll);
        const stays = next.path.length === found.path.length && next.path.every((step, at) => step === found.path[at]);
        found = next;
        if (stays) break;
      }
      return { value: Math.sqrt(found.value), ...(wanted.path && { path: found.path }) };
    },
    cost(d, e, _wanted, table) {
      const components = n_components ?? Math.min(d, e);
      const turn = (n: number, m: number) =>
        (1.2 + 0.3 * components) * table(n, m) +
        components * ((20 * (d * d + e * e) + 60 * (d + e)) * (n + m) + DECOMPOSITIONS + 11 * (d ** 3 + e ** 3));
      return {
        // Beside a single step there is a single path.
        visited: (n, m) => (Math.min(n, m) === 1 ? Math.min(max_iter, 2) : expectedTurns(max_iter, n + m)) * turn(n, m),
        factors: [
          { times: 1, of: `alternately aligning and correlating ${components} components, max_iter ${max_iter}` },
        ],
        step: 0,
        pair: PAIR,
      };
    },
  };
}

/** Paths mostly stay after a few turns, short ones sooner; some never do. */
const expectedTurns = (max_iter: number, steps: number): number =>
  Math.min(max_iter, 10 + 0.2 * max_iter, 2 + steps / 4);

/** The three singular value decompositions of a component, however small they are, in cells. */
const DECOMPOSITIONS = 15_000;

function align(x: Rows, y: Rows, bandOf: BandOf, poll: Poll): { value: number; path: Int32Array } {
  // A minimum has a path.
  const kernel = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, x.d);
  const pair = { s1: x.data, s2: y.data, n: x.n, m: y.n, d: x.d };
  return (kernel as Required<Kernel>).path(pair, bandOf(x.n, y.n), poll);
}

function firstColumns({ data, n, d }: Series, components: number): Rows {
  if (components === d) return { data, n, d };
  const out = new Float64Array(n * components);
  for (let i = 0; i < n; i++) for (let k = 0; k < components; k++) out[i * components + k] = data[i * d + k];
  return { data: out, n, d: components };
}

/** The steps of a series as a path visits them. */
function paired({ data, d }: Series, path: Int32Array, which: 0 | 1): Rows {
  const n = path.length / 2;
  const out = new Float64Array(n * d);
  for (let at = 0; at < n; at++)
    out.set(data.subarray(path[2 * at + which] * d, (path[2 * at + which] + 1) * d), at * d);
  return { data: out, n, d };
}
