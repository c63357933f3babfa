import type { Poll } from '../types.ts';
import { type BackSweep, type Instance, inTurns, type Sweep } from './instance.ts';
import { type Layout, rowsOf } from './layout.ts';

/** Cells of a soft minimum in about a millisecond. */
export const SOFT_CELLS = 300_000;

/** Where the shares of cells go: to gradients, laid out like the series, or to an alignment. */
export interface Target {
  readonly gradient1: number;
  readonly gradient2: number;
  readonly alignment: number;
}

/** The sweeps of a recurrence: over values alone, with the weights of moves, and back. */
interface Sweeps {
  readonly forward: Sweep;
  readonly weighing: Sweep;
  /** Back, to the gradients, or to an alignment. */
  readonly back: BackSweep;
}

/**
 * Forward, then backward, for a pair that is laid out. Returns `valueNow()`, asked for once the forward sweep is done.
 *
 * @param budget bytes of weights that may be kept at a time
 */
export function sweepBothWays(
  instance: Instance,
  layout: Layout,
  { forward, weighing, back }: Sweeps,
  budget: number,
  valueNow: () => number,
  to: Target,
  poll: Poll,
): number {
  const { wasm } = instance;
  const { pair, diagonals, work } = layout;
  const stride = (pair.n + 16) * 8;
  const block = blockOf(layout, budget);
  const weights = instance.take(weightBytes(layout, block));
  const rolling = instance.take(4 * stride);
  const shares = instance.takeNumbers(pair.n + 2);
  const saved: { at: number; first: number; last: number }[] = [];
  let end = diagonals - ((diagonals - 1) % block) - 1; // where the last block begins
  for (let k = 0; k < end; k += block) {
    const [first, last] = rowsOf(instance, layout, k);
    const at = instance.take(4 * 8 * (last - first + 3));
    wasm.saveSoftRows(at, first, last);
    saved.push({ at, first, last });
    inTurns(forward, k, k + block, work, SOFT_CELLS, poll);
  }
  wasm.keepWeights(weights);
  inTurns(weighing, end, diagonals, work, SOFT_CELLS, poll);
  const value = valueNow();
  wasm.startGradient(rolling, stride, pair.n - 1, to.gradient1, to.gradient2, to.alignment, shares);
  let from = diagonals;
  for (;;) {
    let weightsEnd = wasm.weightsEnd();
    const step = Math.max(1, Math.ceil(SOFT_CELLS / work));
    while (from > end) {
      poll();
      const until = Math.max(end, from - step);
      weightsEnd = back(until, from, weightsEnd);
      from = until;
    }
    const last = saved.pop();
    if (!last) break;
    end -= block;
    wasm.restoreSoftRows(last.at, last.first, last.last);
    wasm.keepWeights(weights);
    inTurns(weighing, end, from, work, SOFT_CELLS, poll);
  }
  return value;
}

/** Room for the weights of `block` diagonals: 16 bytes per cell, an even number of cells per diagonal, and one extra iteration. */
const weightBytes = ({ cells, diagonals, width }: Layout, block: number): number =>
  16 * Math.min(cells + diagonals, block * (width + 1)) + 64;

/**
 * How many diagonals have their weights kept at a time: all if that fits in `budget` bytes, otherwise as many as there are saved pairs of
 * diagonals, which needs the least memory; the forward sweep then runs twice.
 */
function blockOf(layout: Layout, budget: number): number {
  const { diagonals } = layout;
  if (weightBytes(layout, diagonals) <= budget) return diagonals + (diagonals % 2);
  return 2 * Math.ceil(Math.sqrt(2 * diagonals) / 2);
}
