import type * as tf from '@tensorflow/tfjs';
import type { Dataset } from '../input/dataset.ts';
import type { Series } from '../input/series.ts';
import type { Poll, Recurrence } from '../kernels/index.ts';
import type { Params } from '../metric/params.ts';
import type { Cost } from '../metric/price.ts';
import type { BandOf, Problem, Solution, Wanted } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';
import type { TfjsEngine } from './tfjs/load.ts';

/** Series k of one dataset with series from..to - 1 of another. */
export interface CrossRow {
  readonly k: number;
  readonly from: number;
  readonly to: number;
}

/** Values of rows with the same columns: of rows[r] with columns[l] at LANES * r + l. Those that a row does not have were not asked for. */
export interface CrossBlock {
  readonly rows: readonly CrossRow[];
  readonly columns: readonly number[];
  /** Valid until the next block. */
  readonly values: Float64Array;
  /** Whether all of them are finite. */
  readonly finite: boolean;
}

/** Where the values of many pairs go, in any order. */
export interface CrossPut {
  /** The value of series k of the first dataset with series l of the second. */
  readonly put: (k: number, l: number, value: number) => void;
  /** Many at once: a call for each would take as long as computing a short pair. */
  readonly putBlock: (block: CrossBlock) => void;
}

/**
 * Computes many pairs and passes their values on, even if they are not finite. Returns the pairs that it has left out, k, l, k, l, ..., which are better
 * computed one by one.
 */
export type Cross = (first: Dataset, second: Dataset, rows: readonly CrossRow[], to: CrossPut) => readonly number[];

/**
 * Solves many pairs and passes each solution on to `put` by the index of its pair, in any order, even if it is not finite. Those that are better solved one by
 * one are left out.
 */
export type ManyPairs = (
  pairs: readonly (readonly [Series, Series])[],
  put: (at: number, solution: Solution) => void,
) => void;

/** A backend: its number type, how it solves a problem and what that costs. `poll` is called often, and throws to stop. */
export interface Engine {
  readonly dtype: 'float64' | 'float32';
  /** A few words for the documentation: how it computes. */
  readonly summary: string;
  /** Which of several libraries computes, where there are several. */
  readonly library?: () => TfjsEngine;
  /** The value on a tape, from the inputs that the series of the problem were read from. Absent: the metric as a function returns a number. */
  readonly differentiable?: (problem: Problem, s1: unknown, s2: unknown) => tf.Scalar;
  /** How it computes many pairs of a metric at once. Absent, or undefined: one by one. */
  readonly cross?: (record: MetricRecord, params: Params, bandOf: BandOf, poll: Poll) => Cross | undefined;
  /** How it solves many pairs of a metric at once, each with its gradient; `problemOf` builds that of a pair. Absent, or undefined: one by one. */
  readonly pairs?: (
    record: MetricRecord,
    params: Params,
    bandOf: BandOf,
    wanted: Wanted,
    poll: Poll,
    problemOf: (s1: Series, s2: Series) => Problem,
  ) => ManyPairs | undefined;
  /** How many pairs like this one are solved at once, each in a lane of its own. Whether it is alone there shows in the last bits of its gradient. Absent: 1. */
  readonly together?: (
    record: MetricRecord,
    params: Params,
    bandOf: BandOf,
    wanted: Wanted,
    pair: readonly [Series, Series],
  ) => number;
  solve(problem: Problem, wanted: Wanted, poll: Poll): Solution;
  /** The cost of a recurrence, for series of d values per step. `table`: how many cells the band allows. */
  recurrenceCost(
    record: MetricRecord,
    recurrence: Recurrence,
    params: Params,
    wanted: Wanted,
    d: number,
    table: Cost['visited'],
  ): Cost;
  /** The cost of a metric without a recurrence, from that of its own solver in float64. */
  directCost(own: Cost, wanted: Wanted, d: number): Cost;
}
