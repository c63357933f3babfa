// The core's only door: metrics on two backends, without HTTP, threads, files or clocks.
export type { Engine, Solution, Wanted } from './backend/engine.ts';
export {
  Backend,
  type BackendName,
  cast,
  instantiateBackend,
  selectBackend,
  setTfjsEngine,
  tfjsEngine,
} from './backend/index.ts';
export { constraintBand, itakuraBand, sakoeChibaBand } from './band.ts';
export {
  type Bandwidth,
  type BandwidthOptions,
  bandwidth,
  bandwidthCells,
  bandwidthParams,
  findBandwidth,
  gammaSoftDtw,
  sigmaGak,
} from './bandwidth.ts';
export {
  type Barycenter,
  type BarycenterProblem,
  barycenter,
  barycenterCells,
  findBarycenter,
  presentBarycenter,
  requireBarycenter,
} from './barycenter/barycenter.ts';
export { barycenterParams, gradientOptions, isSmooth, pathOptions } from './barycenter/options.ts';
export { keogh, type LowerBound, lowerBound } from './bounds/lower-bound.ts';
export { lbEnvelope, lbKeogh } from './bounds/tslearn.ts';
export {
  type CdistProblem,
  cdist,
  cellCount,
  completeRows,
  computeTile,
  matrixShape,
  requireWidths,
  type Tile,
  tiles,
} from './cdist.ts';
export { type Dataset, readDataset } from './dataset.ts';
export { saxBreakpoints, saxSymbols } from './direct/sax.ts';
export { type CancelFlag, Cancelled, InvalidInput } from './errors.ts';
export { evaluate } from './evaluate.ts';
export { type Grid, type InGrids, inLists, isGrid, listOfGrid } from './grid.ts';
export { kernelModule, useKernelModule } from './kernels/index.ts';
export { computeMask, itakuraMask, type Mask, sakoeChibaMask } from './masks.ts';
export { type BackendChoice, EXTRAS, type Extra, type MetricFunction, type MetricRecord } from './metric.ts';
export * from './metrics/index.ts';
export {
  type FlatNeighbors,
  findNeighbors,
  type Neighbors,
  neighbors,
  neighborsCells,
  neighborsTiles,
  presentNeighbors,
  requireEnough,
} from './neighbors/neighbors.ts';
export type { NeighborsProblem, Work } from './neighbors/problem.ts';
export { operandsOf } from './operands.ts';
export { type Params, readParams } from './params.ts';
export { type Evaluation, present, type Shape } from './present.ts';
export { metricRecord, metrics } from './registry.ts';
export { type SaxOptions, saxTransform } from './sax-transform.ts';
export { readSeries, requireSameFeatures, type Series, type SeriesLike } from './series.ts';
export { gradientBy, smoothedBy } from './smoothing.ts';
export { type SoftDtwLossOptions, softDtwLoss } from './soft-dtw-loss.ts';
export { costInCells, dtypeOf, solve } from './solve.ts';
export { type Match, type SubsequenceProblem, subsequenceCells } from './subsequence/search.ts';
export {
  findSubsequence,
  presentMatches,
  radiusOf,
  type Subsequence,
  subsequence,
  subsequenceParams,
} from './subsequence/subsequence.ts';
