import { euclidean } from '../local-costs.ts';
import type { MoveCostsOf } from './move-costs.ts';

/** Edit distance on real sequences (Chen, Özsu and Oria, 2005), with aeon's free border. Piecewise constant: no gradient. */
export const edr =
  (epsilon: number): MoveCostsOf =>
  (pair) => ({
    border: { left: new Float64Array(pair.n), above: new Float64Array(pair.m) },
    row(i, lo, hi, { diagonal, up, left }) {
      euclidean.row(pair, i, lo, hi, diagonal);
      for (let j = lo; j <= hi; j++) {
        diagonal[j] = diagonal[j] < epsilon ? 0 : 1;
        up[j] = 1;
        left[j] = 1;
      }
    },
    adjoint() {},
  });
