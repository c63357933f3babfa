import { solve } from '../engines/solve.ts';
import type { CancelFlag } from '../errors.ts';
import { backendOf } from '../input/arrays/backend-of.ts';
import { gridsToLists } from '../input/grid.ts';
import { type Layout, laidOut } from '../input/layout.ts';
import { readOperands } from '../metric/local-metric.ts';
import { paramsIn, readParams } from '../metric/params.ts';
import type { Wanted } from '../metric/problem.ts';
import type { BackendChoice, MetricRecord } from '../metric/record.ts';
import { metricRecord } from '../metrics/registry.ts';
import { type Evaluation, present } from './present.ts';

/**
 * A metric's value for two series and, on request, its gradient, path and alignment, as returned by `POST /{metric}`.
 *
 * @param s1 shape (n,) or (n, d)
 * @param s2 shape (m,) or (m, d); absent with `metric: "precomputed"`, where s1 is the cost matrix (n, m)
 * @param params the metric's own parameters, and `be`
 * @throws InvalidInput (a RangeError) that points at the offending value and says what to change
 */
export function evaluate(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  s1: unknown,
  s2: unknown,
  { be, layout, ...given }: { be?: BackendChoice; layout?: Layout } & Record<string, unknown> = {},
  wanted: Wanted = {},
  cancel?: CancelFlag,
): Evaluation {
  const record = metricRecord(metric);
  const backend = backendOf(be, s1, s2);
  const params = readParams(record, paramsIn(layout, record, given));
  const [a, b] = readOperands(laidOut(s1, layout), laidOut(s2, layout), params);
  return gridsToLists<Evaluation>(present(solve(record, a, b, params, backend, wanted, cancel), a, b, backend));
}
