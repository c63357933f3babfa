import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Series } from '../input/series.ts';
import { bandCells, bandName } from '../metric/band.ts';
import type { Params } from '../metric/params.ts';
import { type Cost, type Factor, NUMBER, type Price, ZERO_CELLS } from '../metric/price.ts';
import type { Wanted } from '../metric/problem.ts';
import type { MetricRecord } from '../metric/record.ts';
import { engines } from './engines.ts';
import { bands, isConstrained } from './solve.ts';

/**
 * The cost of a metric's value and of everything else that is wanted, for series of d and e values per step: the basis of every price.
 *
 * @throws InvalidInput for parameters that contradict each other
 */
export function costOf(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  wanted: Wanted,
  d: number,
  e = d,
): Cost {
  const engine = engines[backend];
  const table = tableOf(params);
  if (record.direct) {
    const own = record.direct(params, bands(params)).cost(d, e, wanted, table);
    return engine.directCost(own, wanted, d);
  }
  const some = stepOf(d);
  return engine.recurrenceCost(record, record.recurrence(params, some, some), params, wanted, d, table);
}

/** How many cells of a table the parameters allow. */
const tableOf = (params: Params): Cost['visited'] =>
  isConstrained(params) ? (n, m) => bandCells(n, m, params) : (n, m) => n * m;

/** A series of one step. The last one is kept: most requests have the same d. */
function stepOf(d: number): Series {
  if (step.d !== d) step = { data: new Float64Array(d), n: 1, d, sz: 1, ndim: 2 };
  return step;
}

let step: Series = { data: new Float64Array(1), n: 1, d: 1, sz: 1, ndim: 2 };

/** The price of one pair of series, as `evaluate` solves it. */
export function pairPrice(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  wanted: Wanted,
  s1: Series,
  s2: Series,
): Price {
  const cost = costOf(record, params, backend, wanted, s1.d, s2.d);
  const [n, m] = [s1.n, s2.n];
  const numbers =
    (wanted.grad ? n * s1.d + m * s2.d : 0) + (wanted.path ? 2 * (n + m) : 0) + (wanted.alignment ? n * m : 0);
  const visited = cost.visited(n, m);
  // An alignment is 0 outside the band; without smoothing it is a path, which has at most n + m - 1 cells.
  const aligned = () => (params.gamma === 0 ? n + m - 1 : tableOf(params)(n, m));
  const zeros = wanted.alignment ? Math.max(0, Math.floor(n * m - aligned())) : 0;
  const within = isConstrained(params) ? bandName(params) : '';
  return {
    cells: cellsOf(cost, n, m),
    factors: [{ times: visited, of: `cells visited for ${n} x ${m} steps${within}` }, ...cost.factors],
    numbers,
    zeros,
    bytes: cost.bytes?.(n, m) ?? 0,
  };
}

/** The cost of writing the response, in cells. */
export const writtenCells = ({ numbers, zeros = 0 }: Price): number =>
  NUMBER.cells * (numbers - zeros) + ZERO_CELLS * zeros;

/** The total cost of a request in cells: computing and writing the result. */
export const totalCells = (price: Price): number => price.cells + writtenCells(price);

/** The memory that a request needs for its tables and its response. */
export const totalBytes = ({ bytes, numbers }: Price): number => bytes + NUMBER.bytes * numbers;

export const productOf = (factors: readonly Factor[]): number => factors.reduce((all, { times }) => all * times, 1);

/** The cost of a pair of n and m steps. */
export const cellsOf = ({ visited, factors, step, pair }: Cost, n: number, m: number): number =>
  Math.ceil(visited(n, m) * productOf(factors) + step * (n + m) + pair);
