import { InvalidInput } from '../errors.ts';
import { nearestName } from '../input/nearest-name.ts';
import type { MetricRecord } from '../metric/record.ts';
import * as all from './index.ts';

/** Every metric's record, in the order of their names. */
export const metrics: readonly MetricRecord[] = Object.values(all)
  .map(({ record }) => record)
  .sort((a, b) => (a.name < b.name ? -1 : 1));

const byName = new Map(metrics.map((record) => [record.name, record]));

/** The record of a metric given by name, by function, or as the record itself. @throws InvalidInput for an unknown name */
export function metricRecord(metric: string | MetricRecord | { readonly record: MetricRecord }): MetricRecord {
  if (typeof metric !== 'string') return 'record' in metric ? metric.record : metric;
  const record = byName.get(metric);
  if (record !== undefined) return record;
  const names = [...byName.keys()];
  const near = nearestName(metric, names);
  const meant = near === undefined ? '' : ` (did you mean "${near}"?)`;
  throw new InvalidInput(`unknown metric "${metric}"${meant}: use one of ${names.join(', ')}`, ['metric']);
}
