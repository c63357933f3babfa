import { chebyshev } from '../local-costs.ts';
import type { MoveCostsOf } from './move-costs.ts';

/** Edit distance on real sequences (Chen, Özsu and Oria, 2005). Piecewise constant: no gradient. */
export const edr =
  (epsilon: number): MoveCostsOf =>
  (pair) => ({
    border: {
      left: Float64Array.from({ length: pair.n }, (_, i) => i + 1),
      above: Float64Array.from({ length: pair.m }, (_, j) => j + 1),
    },
    row(i, lo, hi, { diagonal, up, left }) {
      chebyshev.row(pair, i, lo, hi, diagonal);
      for (let j = lo; j <= hi; j++) {
        diagonal[j] = diagonal[j] <= epsilon ? 0 : 1;
        up[j] = 1;
        left[j] = 1;
      }
    },
    adjoint() {},
  });
