import type { LocalCost } from './local-cost.ts';

/** max over k of |x_i,k - y_j,k|; its gradient is that of the first of the largest. */
export const chebyshev: LocalCost = {
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      let most = 0;
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) most = Math.max(most, Math.abs(s1[a] - s2[b]));
      out[j] = most;
    }
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      let [a, b] = [i * d, j * d];
      for (let k = 1; k < d; k++) {
        if (Math.abs(s1[i * d + k] - s2[j * d + k]) > Math.abs(s1[a] - s2[b])) [a, b] = [i * d + k, j * d + k];
      }
      const x = share[j] * Math.sign(s1[a] - s2[b]);
      grad1[a] += x;
      grad2[b] -= x;
    }
  },
};
