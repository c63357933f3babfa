import type { Band, Poll, Recurrence } from '../kernels/index.ts';
import type { Series } from '../series.ts';

/** What is done to each series first. `derivative`: Keogh and Pazzani's slopes, n - 2 steps. */
export type Prepare = 'derivative';

/** What makes the value of the recurrence's last cell, if it is not the value itself. */
export type Finish = 'sqrt' | 'exp(-x)' | { readonly divideBy: number };

/** What a metric comes down to for one pair of series. */
export interface Problem {
  readonly s1: Series;
  readonly s2: Series;
  readonly prepare: Prepare | undefined;
  readonly recurrence: Recurrence;
  /** Whether each channel is a problem of its own, and their values are added up. */
  readonly perChannel: boolean;
  /** Whether R(x, y) becomes R(x, y) - (R(x, x) + R(y, y)) / 2. */
  readonly normalized: boolean;
  readonly finish: Finish | undefined;
  /** The band for prepared series of n and m steps. */
  readonly bandOf: (n: number, m: number) => Band | undefined;
  readonly compute_with_backend: boolean;
}

/** What to find beside the value. */
export interface Wanted {
  readonly grad?: boolean;
  readonly path?: boolean;
  readonly alignment?: boolean;
}

/** The answer in flat arrays. Gradients are n x d and m x d, the path i, j, i, j, ..., the alignment n x m (of the prepared series). */
export interface Solution {
  value: number;
  gradient?: { s1: Float64Array; s2: Float64Array };
  path?: Int32Array;
  alignment?: Float64Array;
}

/** A backend's way to solve a problem. `poll` is called often, and throws to stop. */
export interface Engine {
  readonly dtype: 'float64' | 'float32';
  solve(problem: Problem, wanted: Wanted, poll: Poll): Solution;
}
