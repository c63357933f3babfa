import { InvalidInput } from '../errors.ts';
import { backendOf } from '../input/arrays/backend-of.ts';
import type { BackendChoice, MetricRecord, Service } from '../metric/record.ts';
import { metricRecord, metrics } from '../metrics/registry.ts';

/** The record of a metric that has a service. @throws InvalidInput if it does not, and for any backend but numpy, which computes it */
export function requireService(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  service: Service,
  be: BackendChoice,
): MetricRecord {
  const record = metricRecord(metric);
  if (!record.serves?.includes(service)) {
    const able = metrics.filter(({ serves }) => serves?.includes(service)).map(({ name }) => name);
    throw new InvalidInput(`${record.name} has no ${service}; metrics that have one: ${able.join(', ')}`, ['metric']);
  }
  if (backendOf(be) !== 'numpy') {
    throw new InvalidInput(`${record.name}/${service} has no backend "tfjs": use numpy`, ['be']);
  }
  return record;
}
