import type { LocalCost } from './local-cost.ts';

/** 1 - x_i . y_j / (||x_i|| ||y_j||); NaN for a step of zeros, as in SciPy. */
export const cosine: LocalCost = {
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      const { xx, yy, xy } = products(s1, i * d, s2, j * d, d);
      out[j] = 1 - xy / Math.sqrt(xx * yy);
    }
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      if (share[j] === 0) continue;
      const { xx, yy, xy } = products(s1, i * d, s2, j * d, d);
      const scale = share[j] / Math.sqrt(xx * yy);
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        grad1[a] -= scale * (s2[b] - (xy / xx) * s1[a]);
        grad2[b] -= scale * (s1[a] - (xy / yy) * s2[b]);
      }
    }
  },
};

function products(s1: Float64Array, a: number, s2: Float64Array, b: number, d: number) {
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let k = 0; k < d; k++) {
    xx += s1[a + k] ** 2;
    yy += s2[b + k] ** 2;
    xy += s1[a + k] * s2[b + k];
  }
  return { xx, yy, xy };
}
