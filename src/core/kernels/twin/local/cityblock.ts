import type { LocalCost } from './local-cost.ts';

/** sum over k of |x_i,k - y_j,k|; gradient 0 where they are equal. */
export const cityblock: LocalCost = {
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      let sum = 0;
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) sum += Math.abs(s1[a] - s2[b]);
      out[j] = sum;
    }
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const x = share[j] * Math.sign(s1[a] - s2[b]);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
};
