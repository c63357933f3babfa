import { batch } from '@preact/signals-core';
import { be, capabilities, type Metric, metric, metricName, params } from '../state/state.ts';
import type { Property } from './property.ts';

/** The parameters of a metric. */
export const propertiesOf = ({ parameters }: Metric) =>
  (parameters.properties ?? {}) as Readonly<Record<string, Property>>;

/** Selects a metric. Parameters that it shares with the previous one, with the same meaning, keep their values. */
export function chooseMetric(name: string): void {
  const next = capabilities.value?.metrics.find((one) => one.name === name);
  if (next === undefined || metric.value === undefined) return;
  const [before, after] = [propertiesOf(metric.value), propertiesOf(next)];
  const same = (key: string) => JSON.stringify(before[key]) === JSON.stringify(after[key]);
  batch(() => {
    params.value = Object.fromEntries(Object.entries(params.value).filter(([key]) => same(key)));
    if (!next.backends.includes(be.value as 'numpy')) be.value = 'numpy';
    metricName.value = name;
  });
}
