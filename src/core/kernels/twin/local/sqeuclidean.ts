import type { LocalCost } from './local-cost.ts';

/** cost(i, j) = sum over k of (s1[i,k] - s2[j,k])^2 */
export const sqeuclidean: LocalCost = {
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      let sum = 0;
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const x = s1[a] - s2[b];
        sum += x * x;
      }
      out[j] = sum;
    }
  },

  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      const twice = 2 * share[j];
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const x = twice * (s1[a] - s2[b]);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
};
