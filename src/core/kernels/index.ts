import { minKernel } from './twin/min.ts';
import { softminKernel } from './twin/softmin.ts';
import { sqeuclidean } from './twin/sqeuclidean.ts';
import { warping } from './twin/warping.ts';
import type { Kernel, LocalCostName, Recurrence } from './types.ts';

export type { Band, Kernel, LocalCostName, Pair, Poll, Recurrence } from './types.ts';

const localCosts = { sqeuclidean } satisfies Record<LocalCostName, unknown>;

/** The kernel that runs a recurrence. */
export function kernelFor(recurrence: Recurrence): Kernel {
  const moves = warping(localCosts[recurrence.local], 0);
  return recurrence.reduce === 'min' ? minKernel(moves) : softminKernel(moves, recurrence.gamma);
}
