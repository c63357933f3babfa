import type { Band, Poll, Recurrence } from '../kernels/index.ts';
import type { Series } from '../series.ts';

/** What a metric comes down to for one pair of series. */
export interface Problem {
  readonly recurrence: Recurrence;
  readonly finish: 'sqrt' | undefined;
  readonly band: Band | undefined;
  readonly s1: Series;
  readonly s2: Series;
  readonly compute_with_backend: boolean;
}

/** What to find beside the value. */
export interface Wanted {
  readonly grad?: boolean;
  readonly path?: boolean;
  readonly alignment?: boolean;
}

/** The answer in flat arrays. Gradients are n x d and m x d, the path i, j, i, j, ..., the alignment n x m. */
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
