import type { Local, Pair } from '../types.ts';

/** A local cost, a row at a time so that the inner loop contains no call. */
export interface LocalCost {
  /** Writes cost(i, j) to out[j] for lo <= j <= hi. */
  row(pair: Pair, i: number, lo: number, hi: number, out: Float64Array): void;
  /** Adds share[j] * d cost(i, j) / d s1 to grad1, and likewise for s2, for lo <= j <= hi. */
  adjoint(
    pair: Pair,
    i: number,
    lo: number,
    hi: number,
    share: Float64Array,
    grad1: Float64Array,
    grad2: Float64Array,
  ): void;
  /** The same for the cells of a path, i, j, i, j, ..., each with share 1: faster than one by one. */
  alongPath?(pair: Pair, path: Int32Array, grad1: Float64Array, grad2: Float64Array): void;
}

/** The loops for a local cost. */
export function localCost(local: Local): LocalCost {
  switch (local.cost) {
    case 'sqeuclidean':
      return sqeuclidean;
    case 'euclidean':
      return euclidean;
    case 'cityblock':
      return cityblock;
    case 'chebyshev':
      return chebyshev;
    case 'cosine':
      return cosine;
    case 'minkowski':
      return minkowski(local.p);
    case 'precomputed':
      return precomputed;
    case 'gak':
      return gak(local.sigma);
  }
}

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

  alongPath({ s1, s2, d }, path, grad1, grad2) {
    if (d === 1) {
      alongUnivariate(s1, s2, path, grad1, grad2);
      return;
    }
    for (let at = 0; at < path.length; at += 2) {
      for (let a = path[at] * d, b = path[at + 1] * d, end = a + d; a < end; a++, b++) {
        const x = 2 * (s1[a] - s2[b]);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
};

/** A step stays where it is for a while on a path: its sum is kept at hand until it changes. */
function alongUnivariate(
  s1: Float64Array,
  s2: Float64Array,
  path: Int32Array,
  grad1: Float64Array,
  grad2: Float64Array,
): void {
  let i = path[0];
  let j = path[1];
  let [x, y] = [s1[i], s2[j]];
  let [sum1, sum2] = [0, 0];
  for (let at = 0; at < path.length; at += 2) {
    if (path[at] !== i) {
      grad1[i] += sum1;
      i = path[at];
      x = s1[i];
      sum1 = 0;
    }
    if (path[at + 1] !== j) {
      grad2[j] += sum2;
      j = path[at + 1];
      y = s2[j];
      sum2 = 0;
    }
    const slope = 2 * (x - y);
    sum1 += slope;
    sum2 -= slope;
  }
  grad1[i] += sum1;
  grad2[j] += sum2;
}

/** ||x_i - y_j||; its gradient where the steps are equal is taken to be 0. */
export const euclidean: LocalCost = {
  row(pair, i, lo, hi, out) {
    // Its square may be too small for a number, or too large.
    if (pair.d === 1) return cityblock.row(pair, i, lo, hi, out);
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

/** (sum over k of |x_i,k - y_j,k|^p)^(1/p), p >= 1; gradient 0 where the steps are equal. */
const minkowski = (p: number): LocalCost => ({
  row({ s1, s2, d }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) {
      const total = power(s1, i * d, s2, j * d, d, p, 1);
      out[j] = total ** (1 / p);
      if (total > SMALL && total < Infinity) continue;
      const unit = largest(s1, i * d, s2, j * d, d);
      if (unit > 0) out[j] = unit * power(s1, i * d, s2, j * d, d, p, unit) ** (1 / p);
    }
  },
  adjoint({ s1, s2, d }, i, lo, hi, share, grad1, grad2) {
    for (let j = lo; j <= hi; j++) {
      if (share[j] === 0) continue;
      const unit = largest(s1, i * d, s2, j * d, d); // slopes do not depend on it
      if (unit === 0) continue;
      const slope = share[j] * power(s1, i * d, s2, j * d, d, p, unit) ** (1 / p - 1);
      for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
        const difference = s1[a] - s2[b];
        const x = slope * Math.sign(difference) * (Math.abs(difference) / unit) ** (p - 1);
        grad1[a] += x;
        grad2[b] -= x;
      }
    }
  },
});

/** Powers of differences may be too small for numbers, or too large. Below this they lose digits; with the largest difference as unit they do not. */
const SMALL = 1e-290;

function power(s1: Float64Array, a: number, s2: Float64Array, b: number, d: number, p: number, unit: number): number {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += (Math.abs(s1[a + k] - s2[b + k]) / unit) ** p;
  return sum;
}

function largest(s1: Float64Array, a: number, s2: Float64Array, b: number, d: number): number {
  let most = 0;
  for (let k = 0; k < d; k++) most = Math.max(most, Math.abs(s1[a + k] - s2[b + k]));
  return most;
}

/** 1 - x_i . y_j / (||x_i|| ||y_j||), never below 0; a step of zeros has distance 0 to another one and 1 to all others, with gradient 0. */
const cosine: LocalCost = {
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

/** s1 is the cost matrix itself: row i holds the cost of step i with each of the m steps. */
const precomputed: LocalCost = {
  row({ s1, m }, i, lo, hi, out) {
    for (let j = lo; j <= hi; j++) out[j] = s1[i * m + j];
  },
  adjoint({ m }, i, lo, hi, share, grad1) {
    for (let j = lo; j <= hi; j++) grad1[i * m + j] += share[j];
  },
};

/**
 * -log(g / (2 - g)) with g = exp(-u), u = ||x_i - y_j||^2 / (2 sigma^2): u + log(2 - exp(-u)), which stays exact where g is tiny
 * or close to 1 (Cuturi, 2011).
 */
const gak = (sigma: number): LocalCost => ({
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
