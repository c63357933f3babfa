import type { MoveCostsOf } from './move-costs.ts';

// Time warp edit distance (Marteau, 2009); both series start with a step of zeros, as in aeon:
//   diagonal(i,j) = |x_i - y_j| + |x_{i-1} - y_{j-1}| + 2 nu |i - j|
//   up(i,j) = |x_i - x_{i-1}| + nu + lmbda, left(i,j) = |y_j - y_{j-1}| + nu + lmbda

export const twe =
  (nu: number, lmbda: number): MoveCostsOf =>
  ({ s1, s2, n, m, d }) => {
    // Shifted by one step, so that step -1 exists.
    const x = new Float64Array((n + 1) * d);
    const y = new Float64Array((m + 1) * d);
    x.set(s1, d);
    y.set(s2, d);
    const deletion = nu + lmbda;
    const step1 = Float64Array.from({ length: n }, (_, i) => distance(x, i * d, x, (i + 1) * d, d) + deletion);
    const step2 = Float64Array.from({ length: m }, (_, j) => distance(y, j * d, y, (j + 1) * d, d) + deletion);
    // Step -1 is a constant: no gradient flows to it.
    const flow = (
      share: number,
      a: Float64Array,
      i: number,
      ga: Float64Array,
      b: Float64Array,
      j: number,
      gb: Float64Array,
    ) => distanceAdjoint(share, a, i, ga, b, j, gb, d);
    return {
      row(i, lo, hi, { diagonal, up, left }) {
        for (let j = lo; j <= hi; j++) {
          diagonal[j] =
            distance(x, (i + 1) * d, y, (j + 1) * d, d) + distance(x, i * d, y, j * d, d) + 2 * nu * Math.abs(i - j);
          up[j] = step1[i];
          left[j] = step2[j];
        }
      },
      adjoint(i, lo, hi, { diagonal, up, left }, grad1, grad2) {
        for (let j = lo; j <= hi; j++) {
          flow(diagonal[j], x, i + 1, grad1, y, j + 1, grad2);
          flow(diagonal[j], x, i, grad1, y, j, grad2);
          flow(up[j], x, i + 1, grad1, x, i, grad1);
          flow(left[j], y, j + 1, grad2, y, j, grad2);
        }
      },
      aloneAdjoint({ first, second }, grad1, grad2) {
        for (let i = 0; i < n; i++) flow(first[i], x, i + 1, grad1, x, i, grad1);
        for (let j = 0; j < m; j++) flow(second[j], y, j + 1, grad2, y, j, grad2);
      },
    };
  };

function distance(a: Float64Array, at: number, b: Float64Array, bt: number, d: number): number {
  if (d === 1) return Math.abs(a[at] - b[bt]);
  let sum = 0;
  for (let k = 0; k < d; k++) sum += (a[at + k] - b[bt + k]) ** 2;
  return Math.sqrt(sum);
}

/** Steps i and j of the shifted series; the gradients are of the series themselves. */
function distanceAdjoint(
  share: number,
  a: Float64Array,
  i: number,
  gradA: Float64Array,
  b: Float64Array,
  j: number,
  gradB: Float64Array,
  d: number,
): void {
  const length = share === 0 ? 0 : distance(a, i * d, b, j * d, d);
  if (length === 0) return;
  for (let k = 0; k < d; k++) {
    const slope = (share * (a[i * d + k] - b[j * d + k])) / length;
    if (i > 0) gradA[(i - 1) * d + k] += slope;
    if (j > 0) gradB[(j - 1) * d + k] -= slope;
  }
}
