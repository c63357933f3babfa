import type { Matrix } from './matrix.ts';
import { channels, type Series } from './series.ts';

/**
 * The soft alignment behind a global alignment kernel (Cuturi, 2011): for each pair of steps, the share of the kernel that comes from
 * alignments which pair them. It is the derivative of log k with respect to the logarithm of the local kernel of that pair.
 *
 * @param sigma the bandwidth of the local kernel g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2))
 */
export function kernelAlignment(s1: Series, s2: Series, sigma: number): Matrix {
  const [n, m] = [s1.length, s2.length];
  const [one, other] = [channels(s1), channels(s2)];
  const local = new Float64Array(n * m);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < m; j++, at++) {
      let square = 0;
      for (let c = 0; c < one.length; c++) square += (one[c][i] - other[c][j]) ** 2;
      const half = square / (2 * sigma ** 2);
      local[at] = -half - Math.log(2 - Math.exp(-half));
    }
  }
  // From the first pair to each, and, by the same sums over the table turned round, from each to the last.
  const to = sums(local, n, m);
  const from = sums(local.toReversed(), n, m).reverse();
  const whole = to[n * m - 1];
  return { rows: n, columns: m, values: to.map((value, at) => Math.exp(value + from[at] - local[at] - whole)) };
}

/** Logarithms of the sums over all alignments that end at each cell: log k[i,j] + log(K[i-1,j-1] + K[i-1,j] + K[i,j-1]). */
function sums(local: Float64Array, n: number, m: number): Float64Array {
  const table = new Float64Array(n * m);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < m; j++, at++) {
      const up = i > 0 ? table[at - m] : Number.NEGATIVE_INFINITY;
      const left = j > 0 ? table[at - 1] : Number.NEGATIVE_INFINITY;
      const diagonal = i > 0 && j > 0 ? table[at - m - 1] : at === 0 ? 0 : Number.NEGATIVE_INFINITY;
      const most = Math.max(up, left, diagonal);
      table[at] = local[at] + most + Math.log(Math.exp(up - most) + Math.exp(left - most) + Math.exp(diagonal - most));
    }
  }
  return table;
}
