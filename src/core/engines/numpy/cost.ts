import { type Moves, type Recurrence, sweepOf } from '../../kernels/index.ts';
import { isPrecomputed } from '../../metric/local-metric.ts';
import type { Params } from '../../metric/params.ts';
import { type Cost, channelFactor, PAIR } from '../../metric/price.ts';
import type { Wanted } from '../../metric/problem.ts';
import type { MetricRecord } from '../../metric/record.ts';

/** What a visited cell takes, in cells: for itself, and for each value of a step. */
export interface Weight {
  readonly first: number;
  readonly each: number;
  readonly of: string;
}

/** The weights of recurrences in float64, for the documents too. */
export const weights = {
  minimum: { of: 'a minimum', first: 1, each: 0.25 },
  path: { of: 'a minimum with its path or gradient', first: 1.2, each: 0.3 },
  soft: { of: 'a soft minimum', first: 3, each: 0.2 },
  softAlignment: { of: 'a soft minimum with its alignment', first: 10, each: 0.3 },
  softGradient: { of: 'a soft minimum with its gradient', first: 12, each: 1 },
  gakGradient: { of: 'a global alignment kernel with its gradient', first: 40, each: 3.5 },
  loops: { of: 'a minimum without a SIMD sweep', first: 15, each: 2 },
  softLoops: { of: 'a soft minimum without a SIMD sweep', first: 60, each: 2 },
  softLoopsAlignment: { of: 'a soft minimum without a SIMD sweep, with its alignment', first: 130, each: 2 },
  softLoopsGradient: { of: 'a soft minimum without a SIMD sweep, with its gradient', first: 250, each: 10 },
} as const satisfies Record<string, Weight>;

/** A step of either series, for itself and for each of its values: to lay it out, and to find its gradient and its part of the path. */
export const STEP = { first: 10, each: 2 };
export const TRACED_STEP = { first: 40, each: 12 };

/** A power for each value of each cell. */
const POWER = 15;

/** The cost of a recurrence for series of d values per step in float64. `table`: how many cells the band allows. */
export function recurrenceCost(
  record: MetricRecord,
  recurrence: Recurrence,
  params: Params,
  wanted: Wanted,
  values: number,
  table: Cost['visited'],
): Cost {
  const d = isPrecomputed(params) ? 1 : values;
  const alone = (record.perChannel?.(params) ?? false) && d > 1;
  const width = alone ? 1 : d;
  const { first, each, of } = weightOf(recurrence, width, wanted);
  const sweeps = (record.normalized ? 3 : 1) * (alone ? d : 1);
  const traced = wanted.grad || wanted.path || wanted.alignment;
  const base = first + each;
  return {
    visited: visitedOf(record, table),
    factors: [
      { times: base, of },
      ...(width > 1 ? [channelFactor(width, first, each)] : []),
      ...(alone ? [{ times: d, of: `${d} channels, each aligned separately` }] : []),
    ],
    step: sweeps * (traced ? TRACED_STEP.first + TRACED_STEP.each * width : STEP.first + STEP.each * width),
    pair: sweeps * PAIR,
    bytes: (n, m) => n * m * bytesPerCell(recurrence, width, wanted),
  };
}

/** The tables of a pair, by what one of them has: three where the terms of both series with themselves are subtracted. */
export function visitedOf({ prepare, normalized }: MetricRecord, cells: Cost['visited']): Cost['visited'] {
  // A derivative has two steps less.
  const steps = (n: number) => (prepare === 'derivative' ? Math.max(1, n - 2) : n);
  const table = (n: number, m: number) => cells(steps(n), steps(m));
  return normalized ? (n, m) => table(n, m) + table(n, n) + table(m, m) : table;
}

function weightOf(recurrence: Recurrence, d: number, { grad, path, alignment }: Wanted): Weight {
  const sweep = sweepOf(recurrence, d);
  if (sweep === 'loops') {
    const weight =
      recurrence.reduce !== 'softmin'
        ? weights.loops
        : grad
          ? weights.softLoopsGradient
          : alignment
            ? recurrence.gamma === 0
              ? weights.loops // no exponentials
              : weights.softLoopsAlignment
            : weights.softLoops;
    return { ...weight, each: weight.each + powerOf(recurrence.moves) };
  }
  if (recurrence.reduce !== 'softmin') return grad || path || alignment ? weights.path : weights.minimum;
  if (grad) {
    if (sweep === 'gak') return weights.gakGradient;
    return isSpread(recurrence.moves) ? weights.gakGradient : weights.softGradient;
  }
  return alignment ? weights.softAlignment : weights.soft;
}

/** Whether the gradient of a soft minimum is spread from the alignment, by loops. */
const isSpread = (moves: Moves): boolean => moves.kind === 'warp' && moves.local.cost !== 'sqeuclidean';

const powerOf = (moves: Moves): number => (moves.kind === 'warp' && moves.local.cost === 'minkowski' ? POWER : 0);

/** Kept until the path, the gradient or the alignment is found. */
function bytesPerCell(recurrence: Recurrence, d: number, { grad, path, alignment }: Wanted): number {
  if (!grad && !path && !alignment) return 0;
  const sweep = sweepOf(recurrence, d);
  if (alignment) return sweep === 'loops' ? 16 : 24;
  if (grad && (sweep === 'gak' || (sweep === 'simd' && recurrence.reduce === 'softmin' && isSpread(recurrence.moves))))
    return 16;
  if (sweep !== 'loops') return 0;
  return recurrence.reduce === 'softmin' ? 8 : 1;
}
