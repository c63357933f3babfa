import type { MoveCostsOf } from '../twin/moves/move-costs.ts';
import type { Kernel, Moves } from '../types.ts';
import type { Instance } from './instance.ts';
import { simdSoftmin } from './softmin.ts';

/**
 * The global alignment kernel: -log of the sum over all paths of the product of g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2)).
 * The gradient is spread from the alignment by the plain loops, which have the derivative of the local kernel.
 */
export function simdGak(instance: Instance, moves: Moves, sigma: number, costsOf: MoveCostsOf, budget: number): Kernel {
  const { value, alignment } = simdSoftmin(instance, 'gak', moves, 2 * sigma * sigma, budget);
  return {
    value,
    alignment,
    gradient(pair, band, poll) {
      const found = alignment(pair, band, poll);
      const costs = costsOf(pair);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      const none = new Float64Array(pair.m);
      for (let i = 0; i < pair.n; i++) {
        poll();
        // Which move led to a cell does not matter: all cost the same there.
        const diagonal = found.alignment.subarray(i * pair.m, (i + 1) * pair.m);
        costs.adjoint(i, 0, pair.m - 1, { diagonal, up: none, left: none }, s1, s2);
      }
      return { value: found.value, s1, s2 };
    },
  };
}
