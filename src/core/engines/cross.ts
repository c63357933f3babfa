import { type CancelFlag, Cancelled, throwIfCancelled } from '../errors.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { type Dataset, seriesAt } from '../input/dataset.ts';
import type { Params } from '../metric/params.ts';
import type { MetricRecord } from '../metric/record.ts';
import { eachOf } from './cross-block.ts';
import type { CrossBlock, CrossPut, CrossRow } from './engine.ts';
import { engines } from './engines.ts';
import { bands, valueSolver } from './solve.ts';

/** What a cross solver reports. */
export interface CrossTo extends CrossPut {
  /** The pair that is looked at, before anything can be wrong with it. */
  readonly look: (k: number, l: number) => void;
}

/**
 * Computes a metric for many pairs of two datasets, many at once if the backend can: the values do not depend on which pairs are computed together.
 *
 * @throws InvalidInput for the first pair that has no value, after `look` at it; Cancelled once `cancel` is raised
 */
export function crossSolver(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  cancel?: CancelFlag,
): (first: Dataset, second: Dataset, rows: readonly CrossRow[], to: CrossTo) => void {
  const value = valueSolver(record, params, backend, cancel);
  const many = engines[backend].cross?.(record, params, bands(params), () => throwIfCancelled(cancel));
  return (first, second, rows, { put, putBlock, look }) => {
    const single = (k: number, l: number) => {
      look(k, l);
      put(k, l, value(seriesAt(first, k), seriesAt(second, l)));
    };
    const oneByOne = () => {
      for (const { k, from, to } of rows) for (let l = from; l < to; l++) single(k, l);
    };
    if (many === undefined) return oneByOne();
    const unsure: { k: number; l: number }[] = [];
    const finite = (k: number, l: number, found: number) => {
      if (Number.isFinite(found)) put(k, l, found);
      else unsure.push({ k, l });
    };
    const finiteBlock = (block: CrossBlock) => {
      if (block.finite) putBlock(block);
      else eachOf(block, finite);
    };
    try {
      const rest = many(first, second, rows, { put: finite, putBlock: finiteBlock });
      for (let at = 0; at < rest.length; at += 2) single(rest[at], rest[at + 1]);
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      // One by one it is thrown again, by the first pair that has it.
      return oneByOne();
    }
    // If it is out of range, the first such pair says so.
    for (const { k, l } of unsure.sort((a, b) => a.k - b.k || a.l - b.l)) single(k, l);
  };
}
