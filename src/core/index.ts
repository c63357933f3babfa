// The library: metrics on two backends and the operations on them, without HTTP, threads, files or clocks. The server has an entry point of
// its own, server-door.ts, with what it needs to split the same work into parts.
export { setTfjsEngine, tfjsEngine, useTensorFlow } from './engines/tfjs/load.ts';
export { type CancelFlag, Cancelled, InvalidInput } from './errors.ts';
export type { BackendName } from './input/arrays/backend-of.ts';
export type { Layout } from './input/layout.ts';
export type { SeriesLike } from './input/series.ts';
export { useKernelModule } from './kernels/index.ts';
export type { Wanted } from './metric/problem.ts';
export type { BackendChoice, MetricFunction, MetricRecord } from './metric/record.ts';
export * from './metrics/index.ts';
export { metricRecord, metrics } from './metrics/registry.ts';
export { type Bandwidth, type BandwidthOptions, bandwidth, gammaSoftDtw, sigmaGak } from './operations/bandwidth.ts';
export { type Barycenter, barycenter } from './operations/barycenter/barycenter.ts';
export { type Cdist, cdist } from './operations/cdist.ts';
export { evaluate } from './operations/evaluate.ts';
export { type LowerBound, lowerBound } from './operations/lower-bound/lower-bound.ts';
export { type Neighbors, neighbors } from './operations/neighbors/neighbors.ts';
export { type Pairs, pairs } from './operations/pairs.ts';
export type { Evaluation } from './operations/present.ts';
export type { Match } from './operations/subsequence/search.ts';
export { type Subsequence, subsequence } from './operations/subsequence/subsequence.ts';
export { Backend, cast, instantiateBackend, selectBackend } from './tslearn/backend/index.ts';
export { lbEnvelope, lbKeogh } from './tslearn/lower-bounds.ts';
export { computeMask, itakuraMask, type Mask, sakoeChibaMask } from './tslearn/masks.ts';
export { type SaxOptions, saxTransform } from './tslearn/sax-transform.ts';
export { type SoftDtwLossOptions, softDtwLoss } from './tslearn/soft-dtw-loss.ts';
