import type { LocalCost } from './local-cost.ts';

/** (sum over k of |x_i,k - y_j,k|^p)^(1/p), p >= 1; gradient 0 where the steps are equal. */
export const minkowski = (p: number): LocalCost => ({
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) out[j] = power(s1, i * d, s2, j * d, d, p) ** (1 / p);
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      const total = share[j] === 0 ? 0 : power(s1, i * d, s2, j * d, d, p);
      if (total === 0) continue;
      const slope = share[j] * total ** (1 / p - 1);
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const difference = s1[a] - s2[b];
        const x = slope * Math.sign(difference) * Math.abs(difference) ** (p - 1);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
});

function power(s1: Float64Array, a: number, s2: Float64Array, b: number, d: number, p: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += Math.abs(s1[a + k] - s2[b + k]) ** p;
  return sum;
}
