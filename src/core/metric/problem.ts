import type * as tf from '@tensorflow/tfjs';
import type { Series } from '../input/series.ts';
import type { Band, Batch, BatchSteps, Poll, Recurrence } from '../kernels/index.ts';
import type { Cost } from './price.ts';

/** What is done to each series first. `derivative`: Keogh and Pazzani's slopes, n - 2 steps. */
export type Prepare = 'derivative';

/** Turns the last cell of the recurrence into the value, if it is not the value itself. */
export type Finish = 'sqrt' | 'exp(-x)' | { readonly divideBy: number };

/** The band for series of n and m steps. */
export type BandOf = (n: number, m: number) => Band | undefined;

/** A metric applied to one pair of series. */
export type Problem = RecurrenceProblem | DirectProblem;

export interface RecurrenceProblem {
  readonly kind: 'recurrence';
  readonly s1: Series;
  readonly s2: Series;
  readonly prepare: Prepare | undefined;
  readonly recurrence: Recurrence;
  /** Whether each channel is a problem of its own, and their values are summed. */
  readonly perChannel: boolean;
  /** Whether R(x, y) becomes R(x, y) - (R(x, x) + R(y, y)) / 2. */
  readonly normalized: boolean;
  readonly finish: Finish | undefined;
  /** For prepared series. */
  readonly bandOf: BandOf;
  /** The parameter with respect to which the gradient is also taken. */
  readonly smoothedBy: 'gamma' | 'sigma' | undefined;
  readonly compute_with_backend: boolean;
  /** See the record. */
  readonly whenOutOfRange: string | undefined;
}

export interface DirectProblem {
  readonly kind: 'direct';
  readonly s1: Series;
  readonly s2: Series;
  readonly direct: Direct;
  readonly compute_with_backend: boolean;
  /** See the record. */
  readonly whenOutOfRange: string | undefined;
}

/** A metric's own solvers, with its parameters bound. */
export interface Direct {
  /** In float64, with everything that the metric gives and the request wants. */
  solve(s1: Series, s2: Series, wanted: Wanted, poll: Poll): Solution;
  /** The value on the tape, from series of shapes (n, d) and (m, d). Absent: the metric has no backend tfjs. */
  tensorValue?(s1: tf.Tensor2D, s2: tf.Tensor2D, poll: Poll): tf.Scalar;
  /** How the values of many pairs are computed at once. Absent: one by one. */
  readonly many?: ManyDirect;
  /** The cost of solving in float64, for series of d and e values per step. `table`: how many cells the band allows. */
  cost(d: number, e: number, wanted: Wanted, table: Cost['visited']): Cost;
  /** The metric's value if a given alignment, i, j, i, j, ..., were the best one. Absent: it has no alignments, or none has a value of its own. */
  along?(s1: Series, s2: Series, path: Int32Array): number;
}

/** The values of many pairs at once, the same as those of `solve`; NaN where only `solve` knows the value. */
export interface ManyDirect {
  /** What a pair costs, in cells of a recurrence. */
  readonly cells: (n: number, m: number) => number;
  /** Whether the second series of a block must have one length. */
  readonly likeLengths: boolean;
  /** A series as the batch reads it; if there are several, a value is the sum of theirs. */
  readonly layersOf: (series: Series) => readonly BatchSteps[];
  /** @param some a series of each dataset's d. Undefined: there is none for it. */
  readonly batch: (some: Series) => Batch | undefined;
  readonly finish?: Finish | ((params: unknown, s1: Series, s2: Series) => Finish);
}

/** What to find in addition to the value. */
export interface Wanted {
  /** "series": without the smoothing parameter. */
  readonly grad?: boolean | 'series';
  readonly path?: boolean;
  readonly alignment?: boolean;
}

/** d value / d series, and d value / d parameter if one smooths. */
export interface Gradient {
  s1: Float64Array;
  s2: Float64Array;
  gamma?: number;
  sigma?: number;
}

/** The solution in flat arrays. Gradients are n x d and m x d, the path i, j, i, j, ..., the alignment n x m (of the prepared series). */
export interface Solution {
  value: number;
  gradient?: Gradient;
  path?: Int32Array;
  alignment?: Float64Array;
  /** As in the record, under the same name. */
  also?: Readonly<Record<string, number | number[]>>;
}
