import type * as tf from '@tensorflow/tfjs';
import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';
import type { Pair, Poll } from '../../kernels/index.ts';
import { sqeuclidean } from '../../kernels/twin/local-costs.ts';
import { PAIR } from '../../metric/price.ts';
import type { Direct, Solution } from '../../metric/problem.ts';
import { root } from '../tfjs/powers.ts';
import { offTape, squaredAlong, squaredAlongAdjoint, tensorAlong } from './along-path.ts';

const DIAGONAL = 0;
const UP = 1;
const LEFT = 2;

/**
 * dtw over the paths of at most `maxLength` cells (Zhang and others, 2017), as in tslearn: R[i,j,l] is the smallest cost of a path to (i, j) of
 * l + 1 cells. Of equally good lengths the shortest wins; ties go diagonal, up, left. Null: plain dtw.
 */
export function limitedWarpingSolver(maxLength: number | null): Direct {
  const limit = (n: number, m: number) => Math.min(maxLength ?? Infinity, n + m - 1);
  const best = (s1: Series, s2: Series, traced: boolean, poll: Poll) => {
    const longest = Math.max(s1.n, s2.n);
    if (maxLength !== null && maxLength < longest) {
      const message = `no path of ${maxLength} steps aligns series of ${s1.n} and ${s2.n} steps: the smallest feasible max_length is ${longest}`;
      throw new InvalidInput(message, ['max_length'], 'infeasible_length');
    }
    const pair = { s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d };
    return sweep(pair, limit(s1.n, s2.n), traced, poll);
  };
  return {
    cost: (d, _e, { path, grad }) => ({
      visited: (n, m) => n * m * lengthsOf(n, m, limit(n, m)),
      factors: [
        {
          times: 1.5,
          of: `a cell for each length of the path${maxLength === null ? '' : ` up to max_length ${maxLength}`}`,
        },
      ],
      step: 30 + 12 * d,
      pair: PAIR,
      bytes: (n, m) => (16 * m + (path || grad ? n * m : 0)) * lengthsOf(n, m, limit(n, m)),
    }),
    solve(s1, s2, wanted, poll): Solution {
      const { cost, path } = best(s1, s2, Boolean(wanted.path || wanted.grad), poll);
      const value = Math.sqrt(cost);
      return {
        value,
        ...(wanted.path && { path }),
        ...(wanted.grad && { gradient: squaredAlongAdjoint(s1, s2, path, value > 0 ? 0.5 / value : 0) }),
      };
    },
    tensorValue: (s1, s2, poll) =>
      root(tensorAlong(s1, s2, best(offTape(s1), offTape(s2), true, poll).path)) as tf.Scalar,
    along: (s1, s2, path) => Math.sqrt(squaredAlong(s1, s2, path)),
  };
}

/** The most lengths that paths to a cell can have, of paths that end within the limit. */
const lengthsOf = (n: number, m: number, limit: number): number =>
  Math.max(1, Math.min(n, m, limit - Math.max(n, m) + 1));

/**
 * The smallest cost over all lengths, and the path if wanted. A path to (i, j) has at least max(i, j) + 1 cells and at most i + j + 1, and at least
 * max(n - 1 - i, m - 1 - j) are to come: the one of l + 1 cells is number l - max(i, j). R is in two rolling rows of these.
 */
function sweep(pair: Pair, lengths: number, traced: boolean, poll: Poll): { cost: number; path: Int32Array } {
  const { n, m } = pair;
  const local = new Float64Array(m);
  const most = lengthsOf(n, m, lengths);
  // A column has Infinity in front, for the lengths that are too short for it, and so has the row.
  const width = most + 1;
  let above = new Float64Array((m + 1) * width).fill(Infinity);
  let row = new Float64Array((m + 1) * width).fill(Infinity);
  const taken = new Uint8Array(traced ? n * m * most : 0);
  for (let i = 0; i < n; i++) {
    sqeuclidean.row(pair, i, 0, m - 1, local);
    row.fill(Infinity);
    for (let j = 0; j < m; j++) {
      poll();
      const cost = local[j];
      const here = (j + 1) * width + 1;
      if (i === 0 && j === 0) row[here] = cost;
      const last = Math.min(i, j, lengths - 1 - Math.max(i, j) - Math.max(n - 1 - i, m - 1 - j));
      // The neighbour that a longer side leads to has the same number one length earlier, as the diagonal has.
      const fromUp = here - Number(i <= j);
      const fromLeft = here - width - Number(i >= j);
      for (let k = i === 0 && j === 0 ? 1 : 0; k <= last; k++) {
        let least = above[here - width + k];
        let move = DIAGONAL;
        if (above[fromUp + k] < least) {
          least = above[fromUp + k];
          move = UP;
        }
        if (row[fromLeft + k] < least) {
          least = row[fromLeft + k];
          move = LEFT;
        }
        row[here + k] = cost + least;
        if (traced) taken[(i * m + j) * most + k] = move;
      }
    }
    [above, row] = [row, above];
  }
  const ends = above.subarray(m * width + 1);
  const number = ends.indexOf(ends.reduce((least, cost) => Math.min(least, cost), Infinity));
  const length = number + Math.max(n, m) - 1;
  return { cost: ends[number], path: traced ? trace(taken, n, m, most, length) : new Int32Array(0) };
}

/** The cells of the best path of length + 1 cells. */
function trace(taken: Uint8Array, n: number, m: number, most: number, length: number): Int32Array {
  const path = new Int32Array(2 * (length + 1));
  let i = n - 1;
  let j = m - 1;
  for (let l = length; l >= 0; l--) {
    path[2 * l] = i;
    path[2 * l + 1] = j;
    const move = taken[(i * m + j) * most + l - Math.max(i, j)];
    if (move !== LEFT) i--;
    if (move !== UP) j--;
  }
  return path;
}
