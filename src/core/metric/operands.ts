import { InvalidInput } from '../errors.ts';
import { readSeries, type Series } from '../input/series.ts';
import { isPrecomputed } from './local-metric.ts';
import type { Params } from './params.ts';

/**
 * Reads the two series that a metric compares. With `metric: "precomputed"`, s1 is the cost matrix in their place, and there is no s2:
 * tslearn's spelling.
 *
 * @throws InvalidInput with the place of whatever cannot be read, is missing, or must be omitted
 */
export const readOperands = (s1: unknown, s2: unknown, params: Params): [Series, Series] =>
  seriesOrCosts(readSeries(s1, 's1'), s2 === undefined || s2 === null ? undefined : readSeries(s2, 's2'), params);

/** The same for series that are already read. An n x m matrix becomes n steps of m costs, and m steps without values. */
export function seriesOrCosts(s1: Series, s2: Series | undefined, params: Params): [Series, Series] {
  if (!isPrecomputed(params)) {
    if (s2 === undefined)
      throw new InvalidInput('s2 is missing: expected an array of numbers, or of rows of numbers', ['s2']);
    return [s1, s2];
  }
  if (s2 !== undefined) throw new InvalidInput('with metric "precomputed" s1 holds the costs: omit s2', ['s2']);
  if (s1.layout !== undefined) {
    throw new InvalidInput('with metric "precomputed" s1 is a cost matrix and has no channels: omit layout', [
      'layout',
    ]);
  }
  if (s1.ndim === 1) throw new InvalidInput('with metric "precomputed" s1 must be a matrix: rows of costs', ['s1']);
  if (s1.n !== s1.sz) throw new InvalidInput('a cost is missing: give a number for each pair of steps', ['s1', s1.n]);
  return [s1, { data: new Float64Array(0), n: s1.d, d: 0, sz: s1.d, ndim: 2 }];
}
