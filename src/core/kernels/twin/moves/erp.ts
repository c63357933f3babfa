import { euclidean } from '../local-costs.ts';
import type { MoveCostsOf } from './move-costs.ts';

/** Edit distance with real penalty (Chen and Ng, 2004): R[i,-1] is the sum of the gaps of steps 0 to i, and R[-1,j] likewise. */
export const erp =
  (g: readonly number[]): MoveCostsOf =>
  (pair) => {
    const { s1, s2, n, m, d } = pair;
    const gap1 = gaps(s1, n, d, g);
    const gap2 = gaps(s2, m, d, g);
    return {
      border: { left: runningSum(gap1), above: runningSum(gap2) },
      row(i, lo, hi, { diagonal, up, left }) {
        euclidean.row(pair, i, lo, hi, diagonal);
        for (let j = lo; j <= hi; j++) {
          up[j] = gap1[i];
          left[j] = gap2[j];
        }
      },
      adjoint(i, lo, hi, { diagonal, up, left }, grad1, grad2) {
        euclidean.adjoint(pair, i, lo, hi, diagonal, grad1, grad2);
        for (let j = lo; j <= hi; j++) {
          gapAdjoint(s1, i, d, g, gap1[i], up[j], grad1);
          gapAdjoint(s2, j, d, g, gap2[j], left[j], grad2);
        }
      },
      aloneAdjoint({ first, second }, grad1, grad2) {
        for (let i = 0; i < n; i++) gapAdjoint(s1, i, d, g, gap1[i], first[i], grad1);
        for (let j = 0; j < m; j++) gapAdjoint(s2, j, d, g, gap2[j], second[j], grad2);
      },
      borderAdjoint(share, grad1, grad2) {
        gapsAdjoint(s1, d, g, gap1, share.left, grad1);
        gapsAdjoint(s2, d, g, gap2, share.above, grad2);
      },
    };
  };

function runningSum(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((x) => {
    sum += x;
    return sum;
  });
}

/** ||x_i - g|| for each step. */
function gaps(s: Float64Array, n: number, d: number, g: readonly number[]): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let total = 0;
    for (let k = 0; k < d; k++) total += (s[i * d + k] - g[k]) ** 2;
    out[i] = Math.sqrt(total);
  }
  return out;
}

/** The gradient of the running sums of the gaps: gap i is in every sum from i on. */
function gapsAdjoint(
  s: Float64Array,
  d: number,
  g: readonly number[],
  gaps: Float64Array,
  share: Float64Array,
  grad: Float64Array,
): void {
  let from = 0;
  for (let i = gaps.length - 1; i >= 0; i--) {
    from += share[i];
    gapAdjoint(s, i, d, g, gaps[i], from, grad);
  }
}

function gapAdjoint(
  s: Float64Array,
  i: number,
  d: number,
  g: readonly number[],
  gap: number,
  share: number,
  grad: Float64Array,
): void {
  if (gap === 0 || share === 0) return;
  for (let k = 0; k < d; k++) grad[i * d + k] += (share * (s[i * d + k] - g[k])) / gap;
}
