import type { Recurrence } from '../../kernels/index.ts';
import { isPrecomputed } from '../../metric/local-metric.ts';
import type { Params } from '../../metric/params.ts';
import { type Cost, channelFactor, PAIR } from '../../metric/price.ts';
import type { Wanted } from '../../metric/problem.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { recurrenceCost, visitedOf } from '../numpy/cost.ts';

// Figures of the pure JavaScript engine. A pair is some dozens of operations on the tape, of which those on its table of costs take the time.

/** What a pair and a cell of the table take, in cells: a cell also for each value of a step. */
interface Weight {
  readonly pair: number;
  readonly first: number;
  readonly each: number;
}

const MINIMUM: Weight = { pair: 40_000, first: 10, each: 10 };
const SOFT: Weight = { pair: 60_000, first: 50, each: 10 };
/** Each further pair of the same lengths: to find out that it is one, and its part of the tensors. */
const FURTHER = 1500;
/** Recurrences whose three moves cost differently. */
const MOVES = 3;
const GRADIENT = 6;
const PATH = 2.5;

/** The figures of the tape, for the documents. */
export const tensorWeights = { minimum: MINIMUM, soft: SOFT, further: FURTHER, gradient: GRADIENT, path: PATH };

/** Of a cell, on the tape and in the tables: all of it lives until the value is known. */
const BYTES = 30;

/** The cost of a recurrence for series of d values per step: on the tape, or in the kernels if `compute_with_backend` is false. */
export function tensorCost(
  record: MetricRecord,
  recurrence: Recurrence,
  params: Params,
  wanted: Wanted,
  d: number,
  table: Cost['visited'],
): Cost {
  if (params.compute_with_backend) return tapeCost(record, recurrence, params, wanted, isPrecomputed(params) ? 1 : d);
  // Without the tape, the kernels compute the gradient together with the value.
  const sought = { ...wanted, grad: record.gives.includes('grad') };
  return directTensorCost(recurrenceCost(record, recurrence, params, sought, d, table), wanted, d);
}

/** A band only masks the table, which is computed as a whole. */
function tapeCost(
  record: MetricRecord,
  { moves, reduce }: Recurrence,
  params: Params,
  wanted: Wanted,
  d: number,
): Cost {
  const alone = (record.perChannel?.(params) ?? false) && d > 1;
  const width = alone ? 1 : d;
  const { pair, first, each } = reduce === 'softmin' ? SOFT : MINIMUM;
  const sweeps = (record.normalized ? 3 : 1) * (alone ? d : 1);
  const sought =
    (wanted.grad || wanted.alignment ? GRADIENT : wanted.path ? PATH : 1) * (moves.kind === 'warp' ? 1 : MOVES);
  return {
    visited: visitedOf(record, (n, m) => n * m),
    factors: [
      { times: sought * (first + each), of: `the backend tfjs${wanted.grad ? ' with a gradient' : ''}` },
      ...(width > 1 ? [channelFactor(width, first, each)] : []),
      ...(alone ? [{ times: d, of: `${d} channels, each aligned separately` }] : []),
    ],
    step: 0,
    pair: sweeps * sought * pair,
    // With an epsilon of its own for each pair, edr has a recurrence of its own for each.
    ...(!(moves.kind === 'edr' && params.epsilon === null) && { furtherPair: sweeps * sought * FURTHER }),
    bytes: (n, m) => n * m * sweeps * (BYTES + 8 * width) * (wanted.grad || wanted.alignment ? 3 : 1),
  };
}

/** What a metric without a recurrence costs on the tape: its own solver, and a few operations on what it found. */
export function directTensorCost(own: Cost, { grad }: Wanted, d: number): Cost {
  const pairs = own.pair / PAIR;
  return {
    ...own,
    step: own.step + d * (grad ? 80 : 10),
    pair: own.pair + pairs * (grad ? 200_000 : 40_000),
  };
}
