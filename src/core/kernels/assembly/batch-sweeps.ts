import { Edits, Matches, sweepCounts } from './count-rows';
import { OneQuery, OwnQueries } from './lanes';
import { Absolute, Buffered, Chosen, LargestDifference, RootOfSquaredSum, SquaredEuclidean, SquaredSum, ThreeSquares, TwoRoots, TwoSquares } from './local-cost';
import { Adtw, DependentMsm, Dtw, DtwInRow, Erp, Frechet, Gak, Twe, TweAny, Wdtw } from './moves';
import { sweepPruned } from './pruned-rows';
import { sweepRowPairs } from './row-pairs';
import { sweepRows } from './rows';
import { SoftAdtw, SoftErp, SoftMsm, SoftTwe, SoftTweAny } from './soft-moves';
import { sweepSoftRows } from './soft-rows';
import { sweepSplits } from './split-rows';

// The sweeps of a batch, one for each recurrence.

export function dtwRows(count: i32): void { sweepRowPairs<Dtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function dtwTwoRows(count: i32): void { sweepRows<DtwInRow<TwoSquares<OneQuery>>, OneQuery>(count); }
export function dtwThreeRows(count: i32): void { sweepRows<DtwInRow<ThreeSquares<OneQuery>>, OneQuery>(count); }
export function dtwAnyRows(count: i32): void { sweepRows<Dtw<Buffered<Chosen, OneQuery>>, OneQuery>(count); }
export function adtwRows(count: i32): void { sweepRows<Adtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function adtwAnyRows(count: i32): void { sweepRows<Adtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function wdtwRows(count: i32): void { sweepRowPairs<Wdtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function wdtwAnyRows(count: i32): void { sweepRows<Wdtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function frechetRows(count: i32): void { sweepRows<Frechet<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function frechetAnyRows(count: i32): void { sweepRows<Frechet<Buffered<Chosen, OneQuery>>, OneQuery>(count); }
export function erpRows(count: i32): void { sweepRows<Erp<Absolute<OneQuery>>, OneQuery>(count); }
export function erpAnyRows(count: i32): void { sweepRows<Erp<Buffered<RootOfSquaredSum, OneQuery>>, OneQuery>(count); }
export function edrRows(count: i32): void { sweepCounts<Edits, Absolute<OneQuery>, OneQuery>(count); }
export function edrAnyRows(count: i32): void { sweepCounts<Edits, Buffered<LargestDifference, OneQuery>, OneQuery>(count); }
export function msmRows(count: i32): void { sweepSplits<OneQuery>(count); }
export function msmAnyRows(count: i32): void { sweepRows<DependentMsm<OneQuery>, OneQuery>(count); }
export function tweRows(count: i32): void { sweepRows<Twe<Absolute<OneQuery>>, OneQuery>(count); }
export function tweAnyRows(count: i32): void { sweepRows<TweAny<Buffered<TwoRoots, OneQuery>>, OneQuery>(count); }
export function lcssRows(count: i32): void { sweepCounts<Matches, Absolute<OneQuery>, OneQuery>(count); }
export function lcssAnyRows(count: i32): void { sweepCounts<Matches, Buffered<Chosen, OneQuery>, OneQuery>(count); }
export function softDtwRows(count: i32): void { sweepSoftRows<Dtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function softDtwAnyRows(count: i32): void { sweepSoftRows<Dtw<Buffered<Chosen, OneQuery>>, OneQuery>(count); }
export function softAdtwRows(count: i32): void { sweepSoftRows<SoftAdtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function softAdtwAnyRows(count: i32): void { sweepSoftRows<SoftAdtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function softWdtwRows(count: i32): void { sweepSoftRows<Wdtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function softWdtwAnyRows(count: i32): void { sweepSoftRows<Wdtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function softErpRows(count: i32): void { sweepSoftRows<SoftErp<Absolute<OneQuery>>, OneQuery>(count); }
export function softErpAnyRows(count: i32): void { sweepSoftRows<SoftErp<Buffered<RootOfSquaredSum, OneQuery>>, OneQuery>(count); }
export function softMsmRows(count: i32): void { sweepSoftRows<SoftMsm<Absolute<OneQuery>>, OneQuery>(count); }
export function softTweRows(count: i32): void { sweepSoftRows<SoftTwe<Absolute<OneQuery>>, OneQuery>(count); }
export function softTweAnyRows(count: i32): void { sweepSoftRows<SoftTweAny<Buffered<TwoRoots, OneQuery>>, OneQuery>(count); }
export function softGakRows(count: i32): void { sweepSoftRows<Gak<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function softGakAnyRows(count: i32): void { sweepSoftRows<Gak<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function dtwPrunedRows(count: i32): void { sweepPruned<Dtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function dtwAnyPrunedRows(count: i32): void { sweepPruned<Dtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }
export function adtwPrunedRows(count: i32): void { sweepPruned<Adtw<SquaredEuclidean<OneQuery>>, OneQuery>(count); }
export function adtwAnyPrunedRows(count: i32): void { sweepPruned<Adtw<Buffered<SquaredSum, OneQuery>>, OneQuery>(count); }

// The same for eight pairs with both series of their own.

export function dtwOwnRows(count: i32): void { sweepRows<Dtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function dtwTwoOwnRows(count: i32): void { sweepRows<DtwInRow<TwoSquares<OwnQueries>>, OwnQueries>(count); }
export function dtwThreeOwnRows(count: i32): void { sweepRows<DtwInRow<ThreeSquares<OwnQueries>>, OwnQueries>(count); }
export function dtwAnyOwnRows(count: i32): void { sweepRows<Dtw<Buffered<Chosen, OwnQueries>>, OwnQueries>(count); }
export function adtwOwnRows(count: i32): void { sweepRows<Adtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function adtwAnyOwnRows(count: i32): void { sweepRows<Adtw<Buffered<SquaredSum, OwnQueries>>, OwnQueries>(count); }
export function wdtwOwnRows(count: i32): void { sweepRows<Wdtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function wdtwAnyOwnRows(count: i32): void { sweepRows<Wdtw<Buffered<SquaredSum, OwnQueries>>, OwnQueries>(count); }
export function frechetOwnRows(count: i32): void { sweepRows<Frechet<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function frechetAnyOwnRows(count: i32): void { sweepRows<Frechet<Buffered<Chosen, OwnQueries>>, OwnQueries>(count); }
export function erpOwnRows(count: i32): void { sweepRows<Erp<Absolute<OwnQueries>>, OwnQueries>(count); }
export function erpAnyOwnRows(count: i32): void { sweepRows<Erp<Buffered<RootOfSquaredSum, OwnQueries>>, OwnQueries>(count); }
export function edrOwnRows(count: i32): void { sweepCounts<Edits, Absolute<OwnQueries>, OwnQueries>(count); }
export function edrAnyOwnRows(count: i32): void { sweepCounts<Edits, Buffered<LargestDifference, OwnQueries>, OwnQueries>(count); }
export function msmOwnRows(count: i32): void { sweepSplits<OwnQueries>(count); }
export function msmAnyOwnRows(count: i32): void { sweepRows<DependentMsm<OwnQueries>, OwnQueries>(count); }
export function tweOwnRows(count: i32): void { sweepRows<Twe<Absolute<OwnQueries>>, OwnQueries>(count); }
export function tweAnyOwnRows(count: i32): void { sweepRows<TweAny<Buffered<TwoRoots, OwnQueries>>, OwnQueries>(count); }
export function lcssOwnRows(count: i32): void { sweepCounts<Matches, Absolute<OwnQueries>, OwnQueries>(count); }
export function lcssAnyOwnRows(count: i32): void { sweepCounts<Matches, Buffered<Chosen, OwnQueries>, OwnQueries>(count); }
export function softDtwOwnRows(count: i32): void { sweepSoftRows<Dtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function softDtwAnyOwnRows(count: i32): void { sweepSoftRows<Dtw<Buffered<Chosen, OwnQueries>>, OwnQueries>(count); }
export function softAdtwOwnRows(count: i32): void { sweepSoftRows<SoftAdtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function softAdtwAnyOwnRows(count: i32): void { sweepSoftRows<SoftAdtw<Buffered<SquaredSum, OwnQueries>>, OwnQueries>(count); }
export function softWdtwOwnRows(count: i32): void { sweepSoftRows<Wdtw<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function softWdtwAnyOwnRows(count: i32): void { sweepSoftRows<Wdtw<Buffered<SquaredSum, OwnQueries>>, OwnQueries>(count); }
export function softErpOwnRows(count: i32): void { sweepSoftRows<SoftErp<Absolute<OwnQueries>>, OwnQueries>(count); }
export function softErpAnyOwnRows(count: i32): void { sweepSoftRows<SoftErp<Buffered<RootOfSquaredSum, OwnQueries>>, OwnQueries>(count); }
export function softMsmOwnRows(count: i32): void { sweepSoftRows<SoftMsm<Absolute<OwnQueries>>, OwnQueries>(count); }
export function softTweOwnRows(count: i32): void { sweepSoftRows<SoftTwe<Absolute<OwnQueries>>, OwnQueries>(count); }
export function softTweAnyOwnRows(count: i32): void { sweepSoftRows<SoftTweAny<Buffered<TwoRoots, OwnQueries>>, OwnQueries>(count); }
export function softGakOwnRows(count: i32): void { sweepSoftRows<Gak<SquaredEuclidean<OwnQueries>>, OwnQueries>(count); }
export function softGakAnyOwnRows(count: i32): void { sweepSoftRows<Gak<Buffered<SquaredSum, OwnQueries>>, OwnQueries>(count); }
