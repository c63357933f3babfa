import { sweepKind } from '../kernel-for.ts';
import type { Poll, Recurrence } from '../types.ts';
import { type NearCandidates, nearCandidates, partsOf } from './bounds.ts';
import type { SeriesTable } from './candidate-groups.ts';
import { kernelInstance } from './instance.ts';
import { sweepName } from './layout.ts';
import { isSquared } from './local-cost.ts';

/** Candidates in parts, each of which is laid out for one query after another. */
export interface CandidateParts {
  readonly count: number;
  /** Lays out one of them: until it is released, this thread keeps it. */
  open(part: number, poll: Poll): NearCandidates & { release(): void };
}

/**
 * What finds the nearest candidates of queries of up to `longest` steps; undefined if the recurrence has no bounds. It has if every step costs at least the squared
 * Euclidean cost of its cell.
 */
export function candidateParts(
  recurrence: Recurrence,
  candidates: SeriesTable,
  longest: number,
  hasBands: boolean,
): CandidateParts | undefined {
  const { d } = candidates;
  const kind = sweepKind(recurrence, d);
  const { moves } = recurrence;
  // A minimax has nothing to sum, and with a border a path may enter anywhere.
  if ((kind !== 'dtw' && kind !== 'adtw') || moves.kind !== 'warp' || recurrence.reduce !== 'min') return undefined;
  if (!isSquared(moves)) return undefined;
  const rows = hasBands ? longest : 1;
  const parts = partsOf(candidates, rows);
  const sweep = { name: `${sweepName(kind, d, moves)}PrunedRows`, penalty: moves.penalty ?? 0 };
  return {
    count: parts.length,
    open: (part, poll) => nearCandidates(kernelInstance(), candidates, parts[part], longest, rows, sweep, poll),
  };
}
