// What the module exports: one specialised sweep for each recurrence and use, and functions that describe a table to them.

import { Diagonal } from './lanes';
import { Absolute, Buffered, Chosen, LargestDifference, RootOfSquaredSum, SquaredEuclidean, SquaredSum, TwoRoots } from './local-cost';
import { sweepMin } from './min';
import { Adtw, DependentMsm, Dtw, Edr, Erp, Frechet, Gak, Msm, Split, Twe, TweAny, Wdtw } from './moves';
import { sweepBack } from './soft-gradient';
import { SoftAdtw, SoftErp, SoftMsm, SoftTwe, SoftTweAny } from './soft-moves';
import { Amerced, Gaps, Splits, Squared, Stamps, StampsAny, Weighted } from './soft-pulls';
import { sweepSoft } from './softmin';

export { describeBatch, query, setBatchBorders, setThresholds, startBatch, takeRoots } from './batch';
export { layOutLanes } from './lane-bands';
export * from './batch-sweeps';
export { boundLanes, closer, cornerLanes, envelopeLevel, envelopeOf, interleave, keepEnvelopes, restLanes, restOf, setScratch, startEnvelope, sumRows, summarize } from './bounds';
export { layOutBand, widestDiagonal } from './band';
export { correlations, correlationsOwn, describeCorrelations } from './correlations';
export { chooseCost, keepCosts } from './local-cost';
export { matches, startMatches } from './matches';
export { keepDiagonals, keepMoves, lastButOneR, lastR, restoreRows, saveRows, setBorders, setTables, startBorders, startMin, trace, traceGradient, traceKept, tracedColumn, tracedRow } from './min';
export { setConstants, setStepCosts, setStepCostsBack } from './moves';
export { describePointwise, magnitudes, magnitudesOwn, squares, squaresOwn } from './pointwise';
export { startPruned } from './pruned-rows';
export { describeRemainders, remainders, remaindersOwn } from './remainders';
export { spent, startGradient } from './soft-gradient';
export { setBetween, setWarp } from './soft-moves';
export { setSums } from './soft-pulls';
export { startSoftBatch } from './soft-rows';
export { keepWeights, lastExponent, lastMantissa, restoreSoftRows, saveSoftRows, setScale, startSoft, startSoftBorders, weightsEnd } from './softmin';
export { dtwPairs, dtwPairsAny, dtwPairsAnyMoves, dtwPairsMoves, followPairs, lastOfPairs, startMinPairs } from './min-pairs';
export { describePairs } from './pairs';
export {
  pairsExponents, pairsMantissas, softPairs, softPairsAny, softPairsAnyBack, softPairsAnyWeights, softPairsBack, softPairsWeights, startSoftPairs,
  startSoftPairsBack,
} from './soft-pairs';
export { describe, endAt } from './table';

export function dtw(begin: i32, end: i32): void { sweepMin<Dtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function dtwMoves(begin: i32, end: i32): void { sweepMin<Dtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function dtwAny(begin: i32, end: i32): void { sweepMin<Dtw<Buffered<Chosen, Diagonal>>>(begin, end, false); }
export function dtwAnyMoves(begin: i32, end: i32): void { sweepMin<Dtw<Buffered<Chosen, Diagonal>>>(begin, end, true); }
export function adtw(begin: i32, end: i32): void { sweepMin<Adtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function adtwMoves(begin: i32, end: i32): void { sweepMin<Adtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function adtwAny(begin: i32, end: i32): void { sweepMin<Adtw<Buffered<SquaredSum, Diagonal>>>(begin, end, false); }
export function adtwAnyMoves(begin: i32, end: i32): void { sweepMin<Adtw<Buffered<SquaredSum, Diagonal>>>(begin, end, true); }
export function wdtw(begin: i32, end: i32): void { sweepMin<Wdtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function wdtwMoves(begin: i32, end: i32): void { sweepMin<Wdtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function wdtwAny(begin: i32, end: i32): void { sweepMin<Wdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, false); }
export function wdtwAnyMoves(begin: i32, end: i32): void { sweepMin<Wdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, true); }
export function frechet(begin: i32, end: i32): void { sweepMin<Frechet<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function frechetMoves(begin: i32, end: i32): void { sweepMin<Frechet<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function frechetAny(begin: i32, end: i32): void { sweepMin<Frechet<Buffered<Chosen, Diagonal>>>(begin, end, false); }
export function frechetAnyMoves(begin: i32, end: i32): void { sweepMin<Frechet<Buffered<Chosen, Diagonal>>>(begin, end, true); }
export function erp(begin: i32, end: i32): void { sweepMin<Erp<Absolute<Diagonal>>>(begin, end, false); }
export function erpMoves(begin: i32, end: i32): void { sweepMin<Erp<Absolute<Diagonal>>>(begin, end, true); }
export function erpAny(begin: i32, end: i32): void { sweepMin<Erp<Buffered<RootOfSquaredSum, Diagonal>>>(begin, end, false); }
export function erpAnyMoves(begin: i32, end: i32): void { sweepMin<Erp<Buffered<RootOfSquaredSum, Diagonal>>>(begin, end, true); }
export function edr(begin: i32, end: i32): void { sweepMin<Edr<Absolute<Diagonal>>>(begin, end, false); }
export function edrMoves(begin: i32, end: i32): void { sweepMin<Edr<Absolute<Diagonal>>>(begin, end, true); }
export function edrAny(begin: i32, end: i32): void { sweepMin<Edr<Buffered<LargestDifference, Diagonal>>>(begin, end, false); }
export function edrAnyMoves(begin: i32, end: i32): void { sweepMin<Edr<Buffered<LargestDifference, Diagonal>>>(begin, end, true); }
export function msm(begin: i32, end: i32): void { sweepMin<Split<Diagonal>>(begin, end, false); }
export function msmPath(begin: i32, end: i32): void { sweepMin<Msm<Absolute<Diagonal>>>(begin, end, false); }
export function msmMoves(begin: i32, end: i32): void { sweepMin<Msm<Absolute<Diagonal>>>(begin, end, true); }
export function msmAny(begin: i32, end: i32): void { sweepMin<DependentMsm<Diagonal>>(begin, end, false); }
export function msmAnyMoves(begin: i32, end: i32): void { sweepMin<DependentMsm<Diagonal>>(begin, end, true); }
export function twe(begin: i32, end: i32): void { sweepMin<Twe<Absolute<Diagonal>>>(begin, end, false); }
export function tweMoves(begin: i32, end: i32): void { sweepMin<Twe<Absolute<Diagonal>>>(begin, end, true); }
export function tweAny(begin: i32, end: i32): void { sweepMin<TweAny<Buffered<TwoRoots, Diagonal>>>(begin, end, false); }
export function tweAnyMoves(begin: i32, end: i32): void { sweepMin<TweAny<Buffered<TwoRoots, Diagonal>>>(begin, end, true); }
export function softDtw(begin: i32, end: i32): void { sweepSoft<Dtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function softDtwWeights(begin: i32, end: i32): void { sweepSoft<Dtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function softDtwAny(begin: i32, end: i32): void { sweepSoft<Dtw<Buffered<Chosen, Diagonal>>>(begin, end, false); }
export function softDtwAnyWeights(begin: i32, end: i32): void { sweepSoft<Dtw<Buffered<Chosen, Diagonal>>>(begin, end, true); }
export function softGak(begin: i32, end: i32): void { sweepSoft<Gak<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function softGakWeights(begin: i32, end: i32): void { sweepSoft<Gak<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function softGakAny(begin: i32, end: i32): void { sweepSoft<Gak<Buffered<SquaredSum, Diagonal>>>(begin, end, false); }
export function softGakAnyWeights(begin: i32, end: i32): void { sweepSoft<Gak<Buffered<SquaredSum, Diagonal>>>(begin, end, true); }
export function softAdtw(begin: i32, end: i32): void { sweepSoft<SoftAdtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function softAdtwWeights(begin: i32, end: i32): void { sweepSoft<SoftAdtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function softAdtwAny(begin: i32, end: i32): void { sweepSoft<SoftAdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, false); }
export function softAdtwAnyWeights(begin: i32, end: i32): void { sweepSoft<SoftAdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, true); }
export function softWdtw(begin: i32, end: i32): void { sweepSoft<Wdtw<SquaredEuclidean<Diagonal>>>(begin, end, false); }
export function softWdtwWeights(begin: i32, end: i32): void { sweepSoft<Wdtw<SquaredEuclidean<Diagonal>>>(begin, end, true); }
export function softWdtwAny(begin: i32, end: i32): void { sweepSoft<Wdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, false); }
export function softWdtwAnyWeights(begin: i32, end: i32): void { sweepSoft<Wdtw<Buffered<SquaredSum, Diagonal>>>(begin, end, true); }
export function softErp(begin: i32, end: i32): void { sweepSoft<SoftErp<Absolute<Diagonal>>>(begin, end, false); }
export function softErpWeights(begin: i32, end: i32): void { sweepSoft<SoftErp<Absolute<Diagonal>>>(begin, end, true); }
export function softErpAny(begin: i32, end: i32): void { sweepSoft<SoftErp<Buffered<RootOfSquaredSum, Diagonal>>>(begin, end, false); }
export function softErpAnyWeights(begin: i32, end: i32): void { sweepSoft<SoftErp<Buffered<RootOfSquaredSum, Diagonal>>>(begin, end, true); }
export function softMsm(begin: i32, end: i32): void { sweepSoft<SoftMsm<Absolute<Diagonal>>>(begin, end, false); }
export function softMsmWeights(begin: i32, end: i32): void { sweepSoft<SoftMsm<Absolute<Diagonal>>>(begin, end, true); }
export function softTwe(begin: i32, end: i32): void { sweepSoft<SoftTwe<Absolute<Diagonal>>>(begin, end, false); }
export function softTweWeights(begin: i32, end: i32): void { sweepSoft<SoftTwe<Absolute<Diagonal>>>(begin, end, true); }
export function softTweAny(begin: i32, end: i32): void { sweepSoft<SoftTweAny<Buffered<TwoRoots, Diagonal>>>(begin, end, false); }
export function softTweAnyWeights(begin: i32, end: i32): void { sweepSoft<SoftTweAny<Buffered<TwoRoots, Diagonal>>>(begin, end, true); }
export function softBack(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Squared>(begin, end, weightsEnd, true); }
export function softBackAny(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Squared>(begin, end, weightsEnd, false); }
export function softBackAdtw(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Amerced>(begin, end, weightsEnd, false); }
export function softBackWdtw(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Weighted>(begin, end, weightsEnd, false); }
export function softBackErp(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Gaps>(begin, end, weightsEnd, false); }
export function softBackMsm(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Splits>(begin, end, weightsEnd, false); }
export function softBackTweAny(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<StampsAny>(begin, end, weightsEnd, false); }
export function softBackTwe(begin: i32, end: i32, weightsEnd: usize): usize { return sweepBack<Stamps>(begin, end, weightsEnd, false); }

/** Where the memory available to the caller begins. */
export function heapBase(): usize { return __heap_base; }
