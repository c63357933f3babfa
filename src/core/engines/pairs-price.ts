import type { LengthGroups } from '../input/length-groups.ts';
import { bandName } from '../metric/band.ts';
import type { Params } from '../metric/params.ts';
import type { Cost, Price } from '../metric/price.ts';
import { cellsOf } from './cost.ts';

/** The cost of all pairs of two sets of series. */
export interface CrossCost {
  readonly pairs: number;
  readonly cells: number;
  readonly visited: number;
  /** Of the pair that needs most. */
  readonly bytes: number;
}

/** The cost of every series of one set with every series of the other. */
export function crossCost(cost: Cost, first: LengthGroups, second: LengthGroups): CrossCost {
  const all = { pairs: 0, cells: 0, visited: 0, bytes: 0 };
  for (const [a, n] of first.n.entries()) {
    for (const [b, m] of second.n.entries()) add(all, cost, n, m, first.count[a] * second.count[b]);
  }
  return all;
}

/** The cost of each series with itself. */
export function diagonalCost(cost: Cost, { n: lengths, count }: LengthGroups): CrossCost {
  const all = { pairs: 0, cells: 0, visited: 0, bytes: 0 };
  for (const [at, n] of lengths.entries()) add(all, cost, n, n, count[at]);
  return all;
}

function add(to: { -readonly [K in keyof CrossCost]: number }, cost: Cost, n: number, m: number, pairs: number): void {
  to.pairs += pairs;
  to.cells += pairs * cellsOf(cost, n, m);
  to.visited += pairs * cost.visited(n, m);
  to.bytes = Math.max(to.bytes, cost.bytes?.(n, m) ?? 0);
}

/** The price of a number of pairs, and of the numbers in their response. */
export const pairsPrice = (
  cost: Cost,
  params: Params,
  { pairs, cells, visited, bytes }: CrossCost,
  numbers: number,
): Price => ({
  cells,
  factors: [
    { times: pairs, of: 'pairs' },
    { times: pairs === 0 ? 0 : visited / pairs, of: `cells visited for each${bandName(params)}` },
    ...cost.factors,
  ],
  numbers,
  bytes,
});
