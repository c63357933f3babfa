import type { MoveCostsOf } from '../twin/moves/move-costs.ts';
import type { Kernel, Moves } from '../types.ts';
import type { Instance } from './instance.ts';
import { withSpreadGradient } from './soft-adjoint.ts';
import { simdSoftmin } from './softmin.ts';

/**
 * The global alignment kernel: -log of the sum over all paths of the product of g / (2 - g), g = exp(-||x_i - y_j||^2 / (2 sigma^2)).
 * The plain loops have the derivative of the local kernel.
 */
export const simdGak = (
  instance: Instance,
  moves: Moves,
  sigma: number,
  costsOf: MoveCostsOf,
  budget: number,
): Kernel => withSpreadGradient(simdSoftmin(instance, 'gak', moves, 2 * sigma * sigma, budget), costsOf);
