import { type PathFinder, pathKernel } from './path-kernel.ts';
import { simdGak } from './simd/gak.ts';
import { kernelInstance } from './simd/instance.ts';
import { chosenCost, isSquared } from './simd/local-cost.ts';
import { simdMin } from './simd/min.ts';
import type { SweepKind } from './simd/move-tables.ts';
import { withSpreadGradient } from './simd/soft-adjoint.ts';
import type { SoftKind } from './simd/soft-kind.ts';
import { simdSoftmin } from './simd/softmin.ts';
import { moveCosts } from './twin/costs.ts';
import { twinMin } from './twin/min.ts';
import type { MoveCostsOf } from './twin/moves/move-costs.ts';
import { softminKernel } from './twin/softmin.ts';
import type { Kernel, Moves, Recurrence } from './types.ts';

/** How much of its forward sweep a gradient may keep, in bytes; beyond that, it keeps a part and recomputes the rest. */
export const GRADIENT_BYTES = 32 * 2 ** 20;

/** What computes the values of a recurrence on series of d values per step, and nothing else. */
export const valuesFor = (recurrence: Recurrence, d: number): Pick<Kernel, 'value' | 'valueWithin'> =>
  recurrence.reduce === 'softmin' ? kernelFor(recurrence, d) : finderFor(recurrence, d);

/** The kernel that runs a recurrence on series of d values per step: SIMD if there is a sweep for it, otherwise the plain loops. */
export function kernelFor(recurrence: Recurrence, d: number): Kernel {
  const { moves } = recurrence;
  if (recurrence.reduce !== 'softmin') {
    // Only some gradients need the costs of the twin.
    const costsOf: MoveCostsOf = (pair) => moveCosts(moves)(pair);
    return pathKernel(finderFor(recurrence, d), costsOf, recurrence.reduce === 'minimax');
  }
  const kind = sweepKind(recurrence, d);
  if (kind === undefined) return twinFor(recurrence);
  if (moves.kind === 'warp' && moves.local.cost === 'gak') {
    return simdGak(kernelInstance(), moves, moves.local.sigma, moveCosts(moves), GRADIENT_BYTES);
  }
  // sweepKind returns no other kinds for a soft minimum.
  const kernel = simdSoftmin(kernelInstance(), kind as SoftKind, moves, recurrence.gamma, GRADIENT_BYTES);
  return kind === 'dtw' && !isSquared(moves) ? withSpreadGradient(kernel, moveCosts(moves)) : kernel;
}

function finderFor(recurrence: Recurrence, d: number): PathFinder {
  const { moves, reduce } = recurrence;
  const kind = sweepKind(recurrence, d);
  return kind === undefined ? twinMin(moveCosts(moves), reduce === 'minimax') : simdMin(kernelInstance(), kind, moves);
}

/** The plain TypeScript loops: the definition against which every kernel is tested. */
export function twinFor(recurrence: Recurrence): Kernel {
  const costs = moveCosts(recurrence.moves);
  if (recurrence.reduce === 'softmin') return softminKernel(costs, recurrence.gamma);
  const minimax = recurrence.reduce === 'minimax';
  return pathKernel(twinMin(costs, minimax), costs, minimax);
}

/** What runs a recurrence on series of d values per step, as far as it decides the cost: SIMD sweeps, gak's, or the plain loops. */
export function sweepOf(recurrence: Recurrence, d: number): 'simd' | 'gak' | 'loops' {
  const kind = sweepKind(recurrence, d);
  if (kind === undefined) return 'loops';
  return kind === 'gak' ? kind : 'simd';
}

/** The sweep that runs a recurrence on series of d values per step; undefined if there is none. */
export function sweepKind(recurrence: Recurrence, d: number): SweepKind | undefined {
  const { moves, reduce } = recurrence;
  if (recurrence.reduce === 'softmin' && !isTame(moves, recurrence.gamma)) return undefined;
  switch (moves.kind) {
    case 'warp':
      if (moves.local.cost === 'gak') return isPlainKernel(recurrence) ? 'gak' : undefined;
      return warpKind(recurrence, moves, d);
    case 'erp':
      return reduce !== 'minimax' ? 'erp' : undefined;
    case 'edr':
      return reduce === 'min' ? 'edr' : undefined;
    case 'msm':
      if (reduce === 'minimax' || moves.independent !== (d === 1)) return undefined;
      return reduce === 'min' || d === 1 ? 'msm' : undefined;
    case 'twe':
      return reduce !== 'minimax' ? 'twe' : undefined;
    default:
      return undefined;
  }
}

function warpKind(
  { reduce }: Recurrence,
  { local, penalty, g }: Extract<Moves, { kind: 'warp' }>,
  d: number,
): SweepKind | undefined {
  if (local.cost !== 'sqeuclidean') {
    // Costs by name come with plain moves only.
    if (penalty || g !== undefined || chosenCost(local, d) === undefined) return undefined;
    return reduce === 'minimax' ? 'frechet' : 'dtw';
  }
  if (g !== undefined) return reduce !== 'minimax' && !penalty ? 'wdtw' : undefined;
  if (reduce === 'minimax') return 'frechet';
  return penalty ? 'adtw' : 'dtw';
}

/** gak's sweep is for a soft minimum with gamma 1, as the kernel is defined, and for moves without extra cost. */
const isPlainKernel = (recurrence: Recurrence): boolean =>
  recurrence.reduce === 'softmin' &&
  recurrence.gamma === 1 &&
  recurrence.moves.kind === 'warp' &&
  !recurrence.moves.penalty &&
  recurrence.moves.g === undefined;

/** Whether what moves cost by themselves cannot overflow over gamma, on a path of any length. More than gamma would not help: a path may avoid such moves. */
const isTame = (moves: Moves, gamma: number): boolean => ownCosts(moves).every((cost) => cost < gamma * 1e280);

function ownCosts(moves: Moves): readonly number[] {
  switch (moves.kind) {
    case 'warp':
      return [moves.penalty ?? 0];
    case 'erp':
      return moves.g.map(Math.abs);
    case 'msm':
      return [moves.c];
    case 'twe':
      return [moves.nu, moves.lmbda];
    case 'edr':
      return [];
  }
}
