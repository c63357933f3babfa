import type { LocalCost } from './local-cost.ts';
import type { Moves } from './moves.ts';

/** Dynamic time warping: every move into (i, j) pays cost(i, j), and one that warps pays `penalty` more (adtw's; 0 for dtw). */
export function warping(local: LocalCost, penalty: number): Moves {
  return {
    row(pair, i, lo, hi, { diagonal, up, left }) {
      local.row(pair, i, lo, hi, diagonal);
      for (let j = lo; j <= hi; j++) {
        const warped = diagonal[j] + penalty;
        up[j] = warped;
        left[j] = warped;
      }
    },
    adjoint(pair, i, lo, hi, { diagonal, up, left }, grad1, grad2) {
      for (let j = lo; j <= hi; j++) diagonal[j] += up[j] + left[j];
      local.adjoint(pair, i, lo, hi, diagonal, grad1, grad2);
    },
  };
}
