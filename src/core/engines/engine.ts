import type * as tf from '@tensorflow/tfjs';
import type { Poll, Recurrence } from '../kernels/index.ts';
import type { Params } from '../metric/params.ts';
import type { Cost } from '../metric/price.ts';
import type { Problem, Solution, Wanted } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';

/** A backend: its number type, how it solves a problem and what that costs. `poll` is called often, and throws to stop. */
export interface Engine {
  readonly dtype: 'float64' | 'float32';
  /** A few words for the documentation: how it computes. */
  readonly summary: string;
  /** The value on a tape, from the inputs that the series of the problem were read from. Absent: the metric as a function returns a number. */
  readonly differentiable?: (problem: Problem, s1: unknown, s2: unknown) => tf.Scalar;
  solve(problem: Problem, wanted: Wanted, poll: Poll): Solution;
  /** The cost of a recurrence, for series of d values per step. */
  recurrenceCost(record: MetricRecord, recurrence: Recurrence, params: Params, wanted: Wanted, d: number): Cost;
  /** The cost of a metric without a recurrence, from that of its own solver in float64. */
  directCost(own: Cost, wanted: Wanted, d: number): Cost;
}
