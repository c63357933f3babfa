import { z } from 'zod';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../../errors.ts';
import type { BackendName } from '../../input/arrays/backend-of.ts';
import { type Layout, laidOut } from '../../input/layout.ts';
import { readSeries, requireSameFeatures } from '../../input/series.ts';
import { constraintParams } from '../../metric/constraints.ts';
import { checked } from '../../metric/params.ts';
import type { BackendChoice, MetricRecord } from '../../metric/record.ts';
import { requireService } from '../require-service.ts';
import { findMatches, type Match, type SubsequenceProblem } from './search.ts';

/** The constraints that a subsequence search supports. An Itakura parallelogram needs both ends, which are unknown here. */
export const subsequenceParams = z.strictObject({
  global_constraint: z.enum(['sakoe_chiba']).nullable().default(null).meta({
    'x-name': 'SakoeChibaConstraint',
    description: 'Which cells a path may use. Default: the band of sakoe_chiba_radius if given, otherwise none.',
  }),
  sakoe_chiba_radius: constraintParams.sakoe_chiba_radius.meta({
    description:
      'Radius in time steps, measured from the start of a match (1 if only global_constraint is given): step i of the query may meet steps start + i - radius to start + i + radius of the series, so a match is at most that much shorter or longer than the query.',
  }),
});

/** The matches, best first. */
export interface Subsequence {
  matches: Match[];
  be: BackendName;
  dtype: 'float64';
}

/**
 * Where a query occurs in a long series under dtw (tslearn's `dtw_subsequence_path`), as returned by `POST /dtw/subsequence`.
 *
 * @throws InvalidInput that points at the first offending value or parameter
 */
export function subsequence(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  query: unknown,
  series: unknown,
  { be, layout, k = 1, ...given }: { be?: BackendChoice; layout?: Layout; k?: number } & Record<string, unknown> = {},
  wanted: { readonly path?: boolean } = {},
  cancel?: CancelFlag,
): Subsequence {
  requireService(metric, 'subsequence', be);
  const params = checked(subsequenceParams, given, 'subsequence');
  if (!Number.isInteger(k) || k < 1) throw new InvalidInput(`k must be a positive integer, not ${k}`, ['k']);
  const sought = readSeries(laidOut(query, layout), 'query');
  const long = readSeries(laidOut(series, layout), 'series');
  requireSameFeatures(sought, long, ['series']);
  const problem = { query: sought, series: long, k, radius: radiusOf(params), wanted };
  return presentMatches(findSubsequence(problem, cancel));
}

/** The radius that the parameters imply. */
export const radiusOf = (params: z.output<typeof subsequenceParams>): number | undefined =>
  params.sakoe_chiba_radius ?? (params.global_constraint === null ? undefined : 1);

/** The matches for series that are already read. */
export const findSubsequence = (problem: SubsequenceProblem, cancel?: CancelFlag): Match[] =>
  findMatches(problem, () => throwIfCancelled(cancel));

/** The response for JSON. */
export const presentMatches = (matches: Match[]): Subsequence => ({ matches, be: 'numpy', dtype: 'float64' });
