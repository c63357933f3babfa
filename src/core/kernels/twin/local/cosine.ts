import type { LocalCost } from './local-cost.ts';

/** 1 - x_i . y_j / (||x_i|| ||y_j||), never below 0; a step of zeros is at 0 from another one and at 1 from all others, with gradient 0. */
export const cosine: LocalCost = {
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      const { xx, yy, xy } = products(s1, i * d, s2, j * d, d);
      const norms = Math.sqrt(xx) * Math.sqrt(yy);
      out[j] = norms === 0 ? Number(xx !== yy) : Math.max(0, 1 - xy / norms);
    }
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      if (share[j] === 0) continue;
      const { xx, yy, xy } = products(s1, i * d, s2, j * d, d);
      if (xx === 0 || yy === 0) continue;
      const scale = share[j] / (Math.sqrt(xx) * Math.sqrt(yy));
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
