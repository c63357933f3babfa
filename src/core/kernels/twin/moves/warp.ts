import type { LocalCost } from '../local-costs.ts';
import type { MoveCostsOf } from './move-costs.ts';

/** Dynamic time warping: every move into (i, j) costs local(i, j), and a move that warps costs `penalty` more (adtw; 0 for dtw). */
export const warp =
  (local: LocalCost, penalty: number): MoveCostsOf =>
  (pair) => ({
    row(i, lo, hi, { diagonal, up, left }) {
      local.row(pair, i, lo, hi, diagonal);
      for (let j = lo; j <= hi; j++) {
        const warped = diagonal[j] + penalty;
        up[j] = warped;
        left[j] = warped;
      }
    },
    adjoint(i, lo, hi, { diagonal, up, left }, grad1, grad2) {
      for (let j = lo; j <= hi; j++) diagonal[j] += up[j] + left[j];
      local.adjoint(pair, i, lo, hi, diagonal, grad1, grad2);
    },
    ...(local.alongPath && {
      alongPath: (path: Int32Array, grad1: Float64Array, grad2: Float64Array) =>
        local.alongPath?.(pair, path, grad1, grad2),
    }),
  });

/** dtw whose local cost is weighted by how far apart the steps are in time (Jeong, Jeong and Omitaomu, 2011). */
export const weightedWarp =
  (local: LocalCost, g: number): MoveCostsOf =>
  (pair) => {
    const { row, adjoint } = warp(local, 0)(pair);
    const longest = Math.max(pair.n, pair.m);
    const weight = Float64Array.from({ length: longest }, (_, k) => 1 / (1 + Math.exp(-g * (k - longest / 2))));
    const weigh = (i: number, lo: number, hi: number, cells: Float64Array) => {
      for (let j = lo; j <= hi; j++) cells[j] *= weight[Math.abs(i - j)];
    };
    return {
      row(i, lo, hi, cost) {
        row(i, lo, hi, cost);
        for (const cells of [cost.diagonal, cost.up, cost.left]) weigh(i, lo, hi, cells);
      },
      adjoint(i, lo, hi, share, grad1, grad2) {
        for (const cells of [share.diagonal, share.up, share.left]) weigh(i, lo, hi, cells);
        adjoint(i, lo, hi, share, grad1, grad2);
      },
    };
  };
