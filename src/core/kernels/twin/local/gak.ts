import type { LocalCost } from './local-cost.ts';
import { sqeuclidean } from './sqeuclidean.ts';

/**
 * -log(g / (2 - g)) with g = exp(-u), u = ||x_i - y_j||^2 / (2 sigma^2): u + log(2 - exp(-u)), which stays exact where g is tiny
 * or close to 1 (Cuturi, 2011).
 */
export const gak = (sigma: number): LocalCost => ({
  row(pair, i, lo, hi, out) {
    sqeuclidean.row(pair, i, lo, hi, out);
    for (let j = lo; j <= hi; j++) {
      const u = out[j] / (2 * sigma * sigma);
      out[j] = u + Math.log1p(-Math.expm1(-u));
    }
  },
  adjoint(pair, i, lo, hi, share, grad1, grad2) {
    const slope = new Float64Array(pair.m);
    sqeuclidean.row(pair, i, lo, hi, slope);
    for (let j = lo; j <= hi; j++) {
      const g = Math.exp(-slope[j] / (2 * sigma * sigma));
      slope[j] = (share[j] * (1 + g / (2 - g))) / (2 * sigma * sigma);
    }
    sqeuclidean.adjoint(pair, i, lo, hi, slope, grad1, grad2);
  },
});
