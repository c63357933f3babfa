import { moveCosts } from './twin/costs.ts';
import { minKernel } from './twin/min.ts';
import { softminKernel } from './twin/softmin.ts';
import type { Kernel, Recurrence } from './types.ts';

export type { Band, Kernel, Local, Moves, Pair, Poll, Recurrence, Reduction } from './types.ts';

/** The kernel that runs a recurrence. */
export function kernelFor(recurrence: Recurrence): Kernel {
  const costs = moveCosts(recurrence.moves);
  return recurrence.reduce === 'softmin'
    ? softminKernel(costs, recurrence.gamma)
    : minKernel(costs, recurrence.reduce === 'minimax');
}
