import type { LocalCost } from './local-cost.ts';

/** s1 is the matrix of costs itself: row i holds what step i costs with each of the m steps. */
export const precomputed: LocalCost = {
  row({ s1, m }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) out[j] = s1[i * m + j];
  },
  adjoint({ m }, i, lo, hi, share, grad1) {
    for (let j = lo; j <= hi; j++) grad1[i * m + j] += share[j];
  },
};
