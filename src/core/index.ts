// The core's only door: metrics on two backends, without HTTP, threads, files or clocks.

export { costInCells, dtypeOf, solve } from './engines/solve.ts';
export { saxBreakpoints, saxSymbols } from './engines/solvers/sax.ts';
export { type CancelFlag, Cancelled, InvalidInput } from './errors.ts';
export { type Dataset, readDataset } from './input/dataset.ts';
export { type Grid, type InGrids, inLists, isGrid, listOfGrid } from './input/grid.ts';
export { readSeries, requireSameFeatures, type Series, type SeriesLike } from './input/series.ts';
export { kernelModule, useKernelModule } from './kernels/index.ts';
export { constraintBand, itakuraBand, sakoeChibaBand } from './metric/band.ts';
export { operandsOf } from './metric/operands.ts';
export { type Params, readParams } from './metric/params.ts';
export type { Engine, Solution, Wanted } from './metric/problem.ts';
export { type BackendChoice, EXTRAS, type Extra, type MetricFunction, type MetricRecord } from './metric/record.ts';
export { gradientBy, smoothedBy } from './metric/smoothing.ts';
export * from './metrics/index.ts';
export { metricRecord, metrics } from './metrics/registry.ts';
export {
  type Bandwidth,
  type BandwidthOptions,
  bandwidth,
  bandwidthCells,
  bandwidthParams,
  findBandwidth,
  gammaSoftDtw,
  sigmaGak,
} from './operations/bandwidth.ts';
export {
  type Barycenter,
  type BarycenterProblem,
  barycenter,
  barycenterCells,
  findBarycenter,
  presentBarycenter,
  requireBarycenter,
} from './operations/barycenter/barycenter.ts';
export { barycenterParams, gradientOptions, isSmooth, pathOptions } from './operations/barycenter/options.ts';
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
} from './operations/cdist.ts';
export { evaluate } from './operations/evaluate.ts';
export { keogh, type LowerBound, lowerBound } from './operations/lower-bound/lower-bound.ts';
export {
  type FlatNeighbors,
  findNeighbors,
  type Neighbors,
  neighbors,
  neighborsCells,
  neighborsTiles,
  presentNeighbors,
  requireEnough,
} from './operations/neighbors/neighbors.ts';
export type { NeighborsProblem, Work } from './operations/neighbors/problem.ts';
export { type Evaluation, present, type Shape } from './operations/present.ts';
export { type Match, type SubsequenceProblem, subsequenceCells } from './operations/subsequence/search.ts';
export {
  findSubsequence,
  presentMatches,
  radiusOf,
  type Subsequence,
  subsequence,
  subsequenceParams,
} from './operations/subsequence/subsequence.ts';
export {
  Backend,
  type BackendName,
  cast,
  instantiateBackend,
  selectBackend,
  setTfjsEngine,
  tfjsEngine,
} from './tslearn/backend/index.ts';
export { lbEnvelope, lbKeogh } from './tslearn/lower-bounds.ts';
export { computeMask, itakuraMask, type Mask, sakoeChibaMask } from './tslearn/masks.ts';
export { type SaxOptions, saxTransform } from './tslearn/sax-transform.ts';
export { type SoftDtwLossOptions, softDtwLoss } from './tslearn/soft-dtw-loss.ts';
