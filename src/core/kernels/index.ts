export { type GivenKernel, givenKernel } from './given-costs.ts';
export { kernelFor, sweepOf, twinFor, valuesFor } from './kernel-for.ts';

import { GRADIENT_BYTES, sweepKind } from './kernel-for.ts';
import { type Batch, batchCosts, counted, minimum, type Reducer, simdBatch } from './simd/batch.ts';
import { comparison } from './simd/comparison.ts';
import { correlationBatch } from './simd/correlations.ts';
import { kernelInstance } from './simd/instance.ts';
import { sweepName } from './simd/layout.ts';
import { isDistance, isSquared } from './simd/local-cost.ts';
import { simdMatches } from './simd/matches.ts';
import { minPairs } from './simd/min-pairs.ts';
import { moveTables, type MoveTables as StepTables, type SweepKind, softMoveTables } from './simd/move-tables.ts';
import { type PairsKernel, pairsKernel } from './simd/pairs.ts';
import { type PointwiseSum, pointwiseBatch } from './simd/pointwise.ts';
import { remainderBatch } from './simd/remainders.ts';
import { softMinimum } from './simd/soft-batch.ts';
import type { SoftKind } from './simd/soft-kind.ts';
import { softPairs } from './simd/soft-pairs.ts';
import { squareRoots } from './simd/square-roots.ts';
import { moveCosts } from './twin/costs.ts';
import { softminSlope } from './twin/softmin-slope.ts';
import type { Band, Local, Pair, Poll, Recurrence } from './types.ts';

export type { Batch, BatchSteps } from './simd/batch.ts';
export type { BothWays, Near, NearCandidates } from './simd/bounds.ts';
export type { SeriesTable } from './simd/candidate-groups.ts';
export { candidateParts } from './simd/candidate-parts.ts';
export { releaseKernels, withOwnInstance } from './simd/instance.ts';
export { LANES } from './simd/lanes.ts';
export { kernelBytes, kernelModule, useKernelModule } from './simd/module.ts';
export type { PairResult } from './simd/pairs.ts';
export type { Band, Kernel, Local, Moves, MoveTables, Pair, Poll, Recurrence, Reduction } from './types.ts';

function reducerOf(recurrence: Recurrence, kind: SweepKind): { reducer: Reducer; tables: StepTables } {
  const { moves } = recurrence;
  if (recurrence.reduce !== 'softmin') {
    const reducer = kind === 'edr' ? counted((d) => sweepName(kind, d, moves)) : minimum(kind, moves);
    return { reducer, tables: moveTables(moves) };
  }
  const isKernel = moves.kind === 'warp' && moves.local.cost === 'gak';
  const gamma = isKernel ? 2 * moves.local.sigma * moves.local.sigma : recurrence.gamma;
  // sweepKind returns no other kinds for a soft minimum.
  return {
    reducer: softMinimum(kind as SoftKind, moves, gamma),
    tables: softMoveTables(moves, 1 / (gamma * Math.LN2)),
  };
}

/**
 * From how many lanes on a batch is faster for pairs of so many cells, from measured crossings (docs/performance.md): one whose pairs have a query in common
 * than pairs that are put together from several queries, and those than the wavefront. The values are the same, bit by bit.
 */
export function worthwhileLanes(cells: number): { readonly shared: number; readonly own: number } {
  if (cells < 600) return { shared: 1, own: 1 };
  return { shared: 6, own: cells < 1500 ? 1 : cells < 10_000 ? 3 : cells < 100_000 ? 5 : 6 };
}

/** What runs a recurrence on many pairs at once, with the same values; undefined if there are no sweeps for it. */
export function batchFor(recurrence: Recurrence, d: number): Batch | undefined {
  const kind = sweepKind(recurrence, d);
  if (kind === undefined) return undefined;
  const { reducer, tables } = reducerOf(recurrence, kind);
  return simdBatch(kernelInstance(), reducer, { tables, ...batchCosts(recurrence.moves, d) }, d);
}

/**
 * What counts, for many pairs at once, the most pairs of steps that match, cost no more than `eps` and lie in the band (lcss). A band limits only these pairs, not the
 * cells between them, so this is no `Recurrence`. Of pairs that it is not for, NaN; undefined if there is no sweep for the local cost.
 */
export function matchCounter(local: Local, eps: number, d: number): Batch | undefined {
  const compared = comparison(local, eps, d);
  if (compared === undefined) return undefined;
  const { chosen, threshold } = compared;
  const isSingle = d === 1 && isDistance(local);
  const moves = { tables: { threshold }, costs: isSingle ? 0 : 1, chosen };
  return simdBatch(
    kernelInstance(),
    counted(() => (isSingle ? 'lcss' : 'lcssAny')),
    moves,
    d,
  );
}

/** Whether {@link matchCounter} counts them. */
export const countsMatches = (local: Local, eps: number, d: number): boolean => comparison(local, eps, d) !== undefined;

/** What runs a recurrence on pairs of equal lengths at once, each with its gradient; undefined if there are no sweeps for it. */
export function pairsFor(recurrence: Recurrence, d: number): PairsKernel | undefined {
  if (sweepKind(recurrence, d) !== 'dtw' || !isSquared(recurrence.moves)) return undefined;
  const reducer = recurrence.reduce === 'softmin' ? softPairs(recurrence.gamma) : minPairs;
  return pairsKernel(kernelInstance(), reducer, GRADIENT_BYTES);
}

/** d value / d gamma of a soft minimum; undefined for other reductions, which have no gamma. */
export function gammaSlope(recurrence: Recurrence, pair: Pair, band: Band | undefined, poll: Poll): number | undefined {
  if (recurrence.reduce !== 'softmin') return undefined;
  return softminSlope(moveCosts(recurrence.moves), recurrence.gamma, pair, band, poll);
}

/** Sums over the values of many pairs of series of one length. */
export const pointwiseSums = (of: PointwiseSum, weights: Float64Array | undefined): Batch =>
  pointwiseBatch(kernelInstance(), of, weights);

/** Cross-correlations of many pairs, at the shift where each is largest: `toValue` of them. */
export const largestCorrelations = (toValue: (correlation: number) => number): Batch =>
  correlationBatch(kernelInstance(), toValue);

/** What remains of many univariate series after the best scaling and shift of others, by up to `reachOf` their length. */
export const leastRemainders = (reachOf: (n: number) => number): Batch => remainderBatch(kernelInstance(), reachOf);

/** Where a query matches a longer series, both of one value per step: `simd/matches.ts`. */
export const univariateMatches = (query: Float64Array, series: Float64Array, poll: Poll) =>
  simdMatches(kernelInstance(), query, series, poll);

/** Puts the square roots of an even number of numbers in their place, and returns their sum: of what a batch has computed, two at a time. */
export const rootsOf = (numbers: Float64Array): number => squareRoots(kernelInstance(), numbers);
