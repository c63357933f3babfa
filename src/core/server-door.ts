// The core as the server uses it: records, inputs that are read once, costs, and work in parts. The entry point of the library is index.ts.
export { apart } from './engines/apart.ts';
export { bands, buildProblem } from './engines/build-problem.ts';
export { costInCells } from './engines/cost.ts';
export { dtypeOf, engines } from './engines/engines.ts';
export { solve, solveProblem } from './engines/solve.ts';
export { setTfjsEngine } from './engines/tfjs/load.ts';
export { type CancelFlag, Cancelled, InvalidInput, throwIfCancelled, whenPolled } from './errors.ts';
export { BACKEND_ALIASES, BACKENDS, type BackendName, backendNamed } from './input/arrays/backend-of.ts';
export { type Dataset, readDataset, seriesAt } from './input/dataset.ts';
export { type Grid, inLists, isGrid, listOfGrid } from './input/grid.ts';
export { LAYOUTS, type Layout, laidOut } from './input/layout.ts';
export { nearestName } from './input/nearest-name.ts';
export { readSeries, requireSameFeatures, type Series } from './input/series.ts';
export { kernelModule, useKernelModule } from './kernels/index.ts';
export { operandsOf } from './metric/operands.ts';
export { type Params, readParams } from './metric/params.ts';
export type { Problem, Solution, Wanted } from './metric/problem.ts';
export { EXTRAS, type Extra, type MetricRecord } from './metric/record.ts';
export { gradientBy, smoothedBy } from './metric/smoothing.ts';
export { metricRecord, metrics } from './metrics/registry.ts';
export {
  type Bandwidth,
  type BandwidthOptions,
  bandwidth,
  bandwidthCells,
  bandwidthParams,
  findBandwidth,
} from './operations/bandwidth.ts';
export {
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
  computeTile,
  matrixShape,
  orderOf,
  requireWidths,
  tiles,
} from './operations/cdist.ts';
export { evaluate } from './operations/evaluate.ts';
export { keogh, lowerBound } from './operations/lower-bound/lower-bound.ts';
export {
  type FlatNeighbors,
  findNeighbors,
  neighbors,
  neighborsCells,
  neighborsTiles,
  presentNeighbors,
  requireEnough,
} from './operations/neighbors/neighbors.ts';
export type { NeighborsProblem, Work } from './operations/neighbors/problem.ts';
export { completeRows } from './operations/pair-order.ts';
export { present } from './operations/present.ts';
export { type Match, type SubsequenceProblem, subsequenceCells } from './operations/subsequence/search.ts';
export {
  findSubsequence,
  presentMatches,
  radiusOf,
  subsequence,
  subsequenceParams,
} from './operations/subsequence/subsequence.ts';
export type { Tile } from './operations/tiles.ts';
