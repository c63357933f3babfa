import { cityblock, sqeuclidean } from '../local-costs.ts';
import type { MoveCostsOf } from './move-costs.ts';

// Move-split-merge (Stefan, Athitsos and Das, 2013). Splitting and merging cost c if the new value lies between its neighbours,
// otherwise c plus the distance to the nearer one:
//   up(i,j) = C(x_i; x_{i-1}, y_j), left(i,j) = C(y_j; x_i, y_{j-1}), diagonal(i,j) = cost(x_i, y_j)
// `independent` (one channel): distances are absolute; else squared, and "between" is "within the ball over the neighbours".

export const msm =
  (c: number, independent: boolean): MoveCostsOf =>
  (pair) => {
    const local = independent ? cityblock : sqeuclidean;
    const { s1, s2, d } = pair;
    const cost = independent ? nearestAbsolute : nearestSquared;
    const adjoint = independent ? nearestAbsoluteAdjoint : nearestSquaredAdjoint;
    return {
      row(i, lo, hi, { diagonal, up, left }) {
        local.row(pair, i, lo, hi, diagonal);
        // No move leads up into row 0 or left into column 0: their other neighbour is Infinity.
        for (let j = lo; j <= hi; j++) {
          up[j] = c + (i === 0 ? 0 : cost(s1, i * d, s1, (i - 1) * d, s2, j * d, d));
          left[j] = c + (j === 0 ? 0 : cost(s2, j * d, s2, (j - 1) * d, s1, i * d, d));
        }
      },
      adjoint(i, lo, hi, { diagonal, up, left }, grad1, grad2) {
        local.adjoint(pair, i, lo, hi, diagonal, grad1, grad2);
        for (let j = lo; j <= hi; j++) {
          if (i > 0) adjoint(up[j], s1, i * d, grad1, s1, (i - 1) * d, grad1, s2, j * d, grad2, d);
          if (j > 0) adjoint(left[j], s2, j * d, grad2, s2, (j - 1) * d, grad2, s1, i * d, grad1, d);
        }
      },
      // Of one channel: distances from the neighbour.
      aloneAdjoint({ first, second }, grad1, grad2) {
        neighbourAdjoint(s1, first, grad1);
        neighbourAdjoint(s2, second, grad2);
      },
    };
  };

function neighbourAdjoint(s: Float64Array, share: Float64Array, grad: Float64Array): void {
  for (let at = 1; at < s.length; at++) {
    const slope = share[at] * Math.sign(s[at] - s[at - 1]);
    grad[at] += slope;
    grad[at - 1] -= slope;
  }
}

/** 0 if x lies between y and z, otherwise the distance to the nearer one; the gradient of a tie goes to y, its own neighbour. */
function nearestAbsolute(
  xs: Float64Array,
  x: number,
  ys: Float64Array,
  y: number,
  zs: Float64Array,
  z: number,
): number {
  const v = xs[x];
  const a = ys[y];
  const b = zs[z];
  if ((a <= v && v <= b) || (a >= v && v >= b)) return 0;
  return Math.min(Math.abs(v - a), Math.abs(v - b));
}

function nearestAbsoluteAdjoint(
  share: number,
  xs: Float64Array,
  x: number,
  gradX: Float64Array,
  ys: Float64Array,
  y: number,
  gradY: Float64Array,
  zs: Float64Array,
  z: number,
  gradZ: Float64Array,
): void {
  if (share === 0 || nearestAbsolute(xs, x, ys, y, zs, z) === 0) return;
  const toY = xs[x] - ys[y];
  const toZ = xs[x] - zs[z];
  if (Math.abs(toY) <= Math.abs(toZ)) {
    gradX[x] += share * Math.sign(toY);
    gradY[y] -= share * Math.sign(toY);
  } else {
    gradX[x] += share * Math.sign(toZ);
    gradZ[z] -= share * Math.sign(toZ);
  }
}

/** 0 if x lies in the ball whose diameter is from y to z, otherwise the squared distance to the nearer one. */
function nearestSquared(
  xs: Float64Array,
  x: number,
  ys: Float64Array,
  y: number,
  zs: Float64Array,
  z: number,
  d: number,
): number {
  let diameter = 0;
  let toMiddle = 0;
  let toY = 0;
  let toZ = 0;
  for (let k = 0; k < d; k++) {
    const v = xs[x + k];
    const a = ys[y + k];
    const b = zs[z + k];
    diameter += (a - b) ** 2;
    toMiddle += ((a + b) / 2 - v) ** 2;
    toY += (a - v) ** 2;
    toZ += (b - v) ** 2;
  }
  if (toMiddle <= diameter / 4) return 0;
  return Math.min(toY, toZ);
}

function nearestSquaredAdjoint(
  share: number,
  xs: Float64Array,
  x: number,
  gradX: Float64Array,
  ys: Float64Array,
  y: number,
  gradY: Float64Array,
  zs: Float64Array,
  z: number,
  gradZ: Float64Array,
  d: number,
): void {
  if (share === 0 || nearestSquared(xs, x, ys, y, zs, z, d) === 0) return;
  let toY = 0;
  let toZ = 0;
  for (let k = 0; k < d; k++) {
    toY += (ys[y + k] - xs[x + k]) ** 2;
    toZ += (zs[z + k] - xs[x + k]) ** 2;
  }
  const [other, at, grad] = toY <= toZ ? [ys, y, gradY] : [zs, z, gradZ];
  for (let k = 0; k < d; k++) {
    const slope = 2 * share * (xs[x + k] - other[at + k]);
    gradX[x + k] += slope;
    grad[at + k] -= slope;
  }
}
