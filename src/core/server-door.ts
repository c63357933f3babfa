// The core as the server uses it: records, inputs that are read once, costs, and work in parts. The entry point of the library is index.ts.
export { apart } from './engines/apart.ts';
export { pairPrice, productOf, totalBytes, totalCells, writtenCells } from './engines/cost.ts';
export { dtypeOf, engines } from './engines/engines.ts';
export { STEP, TRACED_STEP, type Weight, weights } from './engines/numpy/cost.ts';
export { bands, buildProblem, solve, solveProblem } from './engines/solve.ts';
export { tensorWeights } from './engines/tfjs/cost.ts';
export { setTfjsEngine, TFJS_ENGINES, type TfjsEngine, type TfjsEngineChoice } from './engines/tfjs/load.ts';
export { type CancelFlag, Cancelled, InvalidInput, stoppable, throwIfCancelled, whenPolled } from './errors.ts';
export { BACKEND_ALIASES, BACKENDS, type BackendName, backendNamed } from './input/arrays/backend-of.ts';
export { loadNumpy } from './input/arrays/load-numpy.ts';
export { whenLoading } from './input/arrays/loading.ts';
export { type Came, type Dataset, keptSeriesAt, readDataset, seriesAt, sliceOf } from './input/dataset.ts';
export { type Grid, gridsToLists, isGrid, listOfGrid } from './input/grid.ts';
export { LAYOUTS, type Layout, laidOut } from './input/layout.ts';
export { lengthGroups } from './input/length-groups.ts';
export { isSameName, nearestName } from './input/nearest-name.ts';
export { readNumbers, rowsOf } from './input/numbers.ts';
export { readSeries, readSeriesIn, requireSameFeatures, type Series } from './input/series.ts';
export { kernelBytes, kernelModule, releaseKernels, useKernelModule } from './kernels/index.ts';
export { seriesOrCosts } from './metric/local-metric.ts';
export { type Params, paramsIn, readParams } from './metric/params.ts';
export { NUMBER, PAIR, type Price, ZERO_CELLS } from './metric/price.ts';
export type { Solution, Wanted } from './metric/problem.ts';
export { EXTRAS, type Extra, type MetricRecord } from './metric/record.ts';
export { gradientBy } from './metric/smoothing.ts';
export { metricRecord, metrics } from './metrics/registry.ts';
export {
  type Bandwidth,
  type BandwidthOptions,
  bandwidth,
  bandwidthParams,
  bandwidthPrice,
  findBandwidth,
} from './operations/bandwidth.ts';
export {
  type BarycenterProblem,
  barycenter,
  barycenterPrice,
  findBarycenter,
  presentBarycenter,
  requireBarycenter,
} from './operations/barycenter/barycenter.ts';
export { barycenterParams, gradientOptions, isSmooth, pathOptions } from './operations/barycenter/options.ts';
export {
  cdist,
  cdistPieces,
  cdistPrice,
  computePiece,
  orderOf,
  requireWidths,
} from './operations/cdist.ts';
export {
  type CdistGradientProblem,
  cdistGradientPrice,
  computeGradientBlock,
  type FlatCdistGradient,
  flatCdistGradient,
  gradientBlocks,
  presentCdistGradient,
  requireCotangent,
  requireGradFor,
} from './operations/cdist-gradient.ts';
export { type CdistProblem, matrixShape } from './operations/cdist-problem.ts';
export { evaluate } from './operations/evaluate.ts';
export { keogh, lowerBound, lowerBoundPrice } from './operations/lower-bound/lower-bound.ts';
export { type EnvelopeShelf, type ShelfPlace, useEnvelopeShelf } from './operations/neighbors/envelope-shelf.ts';
export {
  type FlatNeighbors,
  findNeighbors,
  neighbors,
  neighborsPieces,
  neighborsPrice,
  presentNeighbors,
  requireEnough,
} from './operations/neighbors/neighbors.ts';
export type { NeighborsProblem, Work } from './operations/neighbors/problem.ts';
export { completeRows } from './operations/pair-order.ts';
export {
  computePairs,
  type FlatPairs,
  flatPairs,
  lossOf,
  type PairsProblem,
  pairRow,
  pairs,
  pairsPieces,
  pairsPrice,
  presentPairs,
  requirePairs,
} from './operations/pairs.ts';
export type { Piece } from './operations/pieces.ts';
export { computedBy, present } from './operations/present.ts';
export { type Match, type SubsequenceProblem, subsequencePrice } from './operations/subsequence/search.ts';
export {
  findSubsequence,
  presentMatches,
  radiusOf,
  subsequence,
  subsequenceParams,
} from './operations/subsequence/subsequence.ts';
