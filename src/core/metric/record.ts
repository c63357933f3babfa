import type * as tf from '@tensorflow/tfjs';
import type { z } from 'zod';
import type { BackendAlias, BackendName, NamedBackend } from '../input/arrays/backend-of.ts';
import type { Series, SeriesLike } from '../input/series.ts';
import type { Recurrence } from '../kernels/index.ts';
import type { BandOf, Direct, Finish, Prepare } from './problem.ts';

/** What a metric can return in addition to its value. */
export const EXTRAS = ['grad', 'path', 'alignment'] as const;
export type Extra = (typeof EXTRAS)[number];

/** Operations that only some metrics have. */
export type Service = 'lower-bound' | 'subsequence' | 'barycenter' | 'bandwidth';

/** Properties that hold for every input, which tests check. Hard: with gamma 0, if there is one. */
export type Law =
  | 'symmetric'
  | 'zero on equal series'
  | 'zero on equal series when hard'
  | 'not negative'
  | 'not negative when hard'
  | TriangleInequality;

/** d(x, z) <= d(x, y) + d(y, z): for all parameters, or for those that the law names. */
export type TriangleInequality =
  | 'triangle inequality'
  | 'triangle inequality without a band and a local metric'
  | 'triangle inequality when hard and without a band'
  | 'triangle inequality when hard, independent and without a band';

/**
 * A metric is data: everything else (value, gradient, path, schema, route, documents, tests) follows from this record.
 */
export type MetricRecord<P = Record<string, unknown>> = MetricFacts & (ByRecurrence<P> | BySolver<P>);

/** A metric that is a recurrence over the cells of two series, the same on every backend. */
export interface ByRecurrence<P> {
  readonly recurrence: (params: P, s1: Series, s2: Series) => Recurrence;
  readonly prepare?: Prepare;
  readonly perChannel?: (params: P) => boolean;
  readonly normalized?: boolean;
  readonly finish?: Finish | ((params: P, s1: Series, s2: Series) => Finish | undefined);
  readonly direct?: undefined;
}

/** A metric that is not a recurrence: it says itself how each backend solves it. */
export interface BySolver<P> {
  readonly direct: (params: P, bandOf: BandOf) => Direct;
  readonly recurrence?: undefined;
  readonly prepare?: undefined;
  readonly perChannel?: undefined;
  readonly normalized?: undefined;
  readonly finish?: undefined;
}

/** What a record says about its metric, however it is solved. */
export interface MetricFacts {
  /** As in the URL: tslearn's or aeon's name, with hyphens. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what it measures, in which units. */
  readonly summary: string;
  /** The definition in one line. */
  readonly formula: string;
  /** The definition in full, in the notation of docs/metrics.md: whoever reads it can implement the metric. */
  readonly definition: readonly string[];
  /** Differences from tslearn and aeon. */
  readonly differences?: string;
  readonly example: WorkedExample;
  /** The definition that is followed, and the paper. */
  readonly source: string;
  /** The metric's own parameters: the only place that states type, bounds, default and meaning. */
  readonly params: z.ZodObject;
  /** Parameters that may have the shape of a series of several channels: they come in the layout of the series. */
  readonly paramsLikeSeries?: readonly string[];
  /** Whether both series must have the same number of steps. */
  readonly equalLengths?: boolean;
  /** Whether the steps of one series may have more values than those of the other. */
  readonly mixedFeatures?: boolean;
  /** Whether larger values mean nearer. Absent: smaller ones do. */
  readonly similarity?: boolean;
  /** What to do if a value is out of the range of float64. Absent: scale the series down. */
  readonly whenOutOfRange?: string;
  readonly gives: readonly Extra[];
  /** The parameter that makes the minimum smooth: the gradient is also taken with respect to it. */
  readonly smoothedBy: 'gamma' | 'sigma' | undefined;
  /** What a path contains, if not all steps of an alignment: the pairs that match. */
  readonly path?: 'matches';
  /** What every response for a pair contains in addition to its value. */
  readonly also?: z.ZodRawShape;
  readonly serves?: readonly Service[];
  readonly backends: readonly BackendName[];
  readonly laws: readonly Law[];
}

/** The backend: a name (tslearn's "pytorch" means "tfjs"), a `Backend`, or nothing to let the inputs decide. */
export type BackendChoice = BackendName | BackendAlias | NamedBackend | null | undefined;

/** A metric as a function, with its record. On tfjs the value is a scalar tensor that can be differentiated. */
export interface MetricFunction<P> {
  (s1: tf.Tensor, s2: tf.Tensor | SeriesLike, params?: P & { be?: 'tfjs' | BackendAlias | null }): tf.Scalar;
  (s1: SeriesLike, s2: tf.Tensor | SeriesLike, params: P & { be: 'tfjs' | BackendAlias }): tf.Scalar;
  (s1: SeriesLike, s2: SeriesLike, params?: P & { be?: 'numpy' | null }): number;
  (s1: tf.Tensor | SeriesLike, s2: tf.Tensor | SeriesLike, params?: P & { be?: BackendChoice }): number | tf.Scalar;
  readonly record: MetricRecord;
}

/** A pair of series and the derivation of its value, step by step. Tests compute both. */
export interface WorkedExample {
  readonly s1: readonly number[] | readonly (readonly number[])[];
  readonly s2: readonly number[] | readonly (readonly number[])[];
  readonly params?: Readonly<Record<string, unknown>>;
  /** "what is computed: expression = result", with numbers, + - * / ^ and sqrt, abs, exp, log, max, min. */
  readonly steps: readonly string[];
  readonly value: number;
}
