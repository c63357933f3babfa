import type { LocalCost } from './local-cost.ts';
import { sqeuclidean } from './sqeuclidean.ts';

/** ||x_i - y_j||; its gradient where the steps are equal is taken to be 0. */
export const euclidean: LocalCost = {
  row(pair, i, lo, hi, out) {
    sqeuclidean.row(pair, i, lo, hi, out);
    for (let j = lo; j <= hi; j++) out[j] = Math.sqrt(out[j]);
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      if (share[j] === 0) continue;
      let sum = 0;
      for (let k = 0; k < d; k++) sum += (s1[i * d + k] - s2[j * d + k]) ** 2;
      if (sum === 0) continue;
      const slope = share[j] / Math.sqrt(sum);
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const x = slope * (s1[a] - s2[b]);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
};
